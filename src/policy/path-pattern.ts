import picomatch from "picomatch";
import { Failure } from "../failure.ts";

/**
 * Makes a matcher of absolute paths. A pattern stands for what it names and for everything below that: `/opt/models`
 * is a directory with all its files. `*` and `?` stand for characters of one name, `**` for any directories,
 * `[ab]` for one of some characters.
 * @param name of the setting, for the message
 * @throws Failure `input-invalid`
 */
export function pathPattern(pattern: string, name: string): (path: string) => boolean {
  const matches = pathGlob(pattern, name);
  return (path) => ancestorsOf(path).some((ancestor) => matches(ancestor));
}

/** Makes a matcher like `pathPattern` that matches only what the pattern names, and nothing below. */
export function pathGlob(pattern: string, name: string): (path: string) => boolean {
  if (!pattern.startsWith("/") || pattern.length > maxLength) {
    throw new Failure(
      "input-invalid",
      `${name} has the path "${pattern}": write an absolute path of the image, such as /opt/models or /usr/**/*.pyc.`,
    );
  }
  const matches = picomatch(pattern.replace(/(?<=.)\/+$/, ""), options);
  // In regular expressions, a dot stands for no line terminator. In names, these are like any other character.
  return (path) => matches(path.replace(/[\n\r\u2028\u2029]/g, "\ufffd"));
}

/** In characters. */
const maxLength = 1000;

/** A name in an image may begin with a dot. Patterns with more syntax than the above would surprise. */
const options = { dot: true, nobrace: true, noextglob: true, nonegate: true, strictSlashes: true };

/** Returns `/a`, `/a/b` and `/a/b/c` for `/a/b/c`, and `/` before them. */
function ancestorsOf(path: string): readonly string[] {
  const slashes = [...path.matchAll(/\//g)].map(({ index }) => index).slice(1);
  return ["/", ...slashes.map((slash) => path.slice(0, slash)), path];
}
