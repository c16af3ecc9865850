import { Buffer } from "node:buffer";

/**
 * A path for people and JSON: absolute and UTF-8. Where the bytes are not UTF-8 they are replaced (U+FFFD), and stand beside it in
 * base64, the leading slash included.
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
 * The path as runtimes take it: relative to the root, without empty components, `.` and `..`. What leads out of the
 * root is held inside it, as the engines do.
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

/** All but the last component; the empty path's parent is itself. */
export function parentOf(path: BytePath): BytePath {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function baseOf(path: BytePath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether nothing is to be cleaned: the common case, told without taking the path apart. */
function isClean(path: BytePath): boolean {
  return path !== "" && !/^\/|\/\/|\/$|(?:^|\/)\.{1,2}(?:\/|$)/.test(path);
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: every byte below 128 is the same in UTF-8
  return /^[\x00-\x7f]*$/.test(text);
}

/**
 * A path or link target as image bytes give it: every UTF-16 unit is one byte (latin1). Two names that differ in any
 * byte stay two names; `path.ts` turns one into text for people. Entry paths are clean and relative: no leading
 * or trailing slash, no `.` or `..`; the root directory is the empty string.
 */
export type BytePath = string;
