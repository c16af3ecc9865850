import { Buffer } from "node:buffer";

/**
 * Returns a path for people and JSON: absolute and UTF-8. Bytes that are not UTF-8 are replaced (U+FFFD);
 * `pathBase64` then holds the original bytes, including the leading slash.
 */
export function displayPath(path: BytePath): { readonly path: string; readonly pathBase64?: string } {
  const absolute = `/${path}`;
  if (isAscii(absolute)) return { path: absolute };
  const bytes = Buffer.from(absolute, "latin1");
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes)
    ? { path: text }
    : { path: text, pathBase64: bytes.toString("base64") };
}

/**
 * Returns the path as runtimes interpret it: relative to the root, without empty components, `.` and `..`. A
 * path that leads out of the root stays inside it, as in the engines.
 */
export function cleanPath(path: BytePath): { readonly path: BytePath; readonly isOutside: boolean } {
  if (isClean(path)) return { path, isOutside: false };
  const parts: string[] = [];
  let isOutside = false;
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) isOutside = true;
  }
  return { path: parts.join("/"), isOutside };
}

/** Returns all but the last component; the empty path is its own parent. */
export function parentOf(path: BytePath): BytePath {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function baseOf(path: BytePath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Reports whether the path is clean already: the common case, checked without splitting the path. */
function isClean(path: BytePath): boolean {
  return path !== "" && !/^\/|\/\/|\/$|(?:^|\/)\.{1,2}(?:\/|$)/.test(path);
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: every byte below 128 is the same in UTF-8
  return /^[\x00-\x7f]*$/.test(text);
}

/**
 * A path or link target as the image's bytes: every UTF-16 unit is one byte (latin1), so names that differ in
 * any byte remain different. `displayPath` converts one to text for people. Entry paths are clean and
 * relative: no leading or trailing slash, no `.` or `..`; the root directory is the empty string.
 */
export type BytePath = string;
