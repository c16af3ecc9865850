import type { Buffer } from "node:buffer";
import { type BytePath, baseOf } from "../../image/path.ts";

/**
 * File names of glibc's loaders (ld-linux-x86-64.so.2, ld64.so.2, ld.so.1, and ld-2.31.so, the former target
 * of links) and of musl's loader, which is its libc (ld-musl-x86_64.so.1, libc.so, libc.musl-x86_64.so.1).
 */
const loaderName =
  /^(?:ld(?:64)?\.so\.\d+|ld-linux.*\.so\.\d+|ld-\d.*\.so|ld-musl-.*|libc\.musl-.*|libc\.so)$/;

/** Maximum bytes to search: more than any loader has. */
const searchLimit = 4 * 1024 ** 2;
const directoriesLimit = 100;

/** Reports whether a file may be a dynamic loader, by its name. */
export function isLoader(path: BytePath): boolean {
  return loaderName.test(baseOf(path));
}

/**
 * Returns the directories that a loader searches by default. They are compiled in, and differ by
 * distribution. Empty if there are none, as in a file that only has a loader's name.
 * @param bytes the bytes of the loader
 */
export function loaderDirectoriesOf(bytes: Buffer): readonly string[] {
  const paths = pathsIn(bytes.subarray(0, searchLimit));
  const isMusl = paths.some(({ text }) => /\/etc\/ld-musl-[^/]+\.path$/.test(text));
  const lists = isMusl ? paths.map(muslDirectories) : glibcDirectories(paths);
  const longest = lists.reduce((longest, list) => (list.length > longest.length ? list : longest), []);
  return longest.slice(0, directoriesLimit);
}

interface Found {
  readonly text: string;
  readonly start: number;
  /** offset of its NUL */
  readonly end: number;
}

/**
 * Returns NUL-terminated strings of printable ASCII that begin with a slash, or with `%`, as in the format
 * `%.*s/…`.
 */
function pathsIn(bytes: Buffer): readonly Found[] {
  const paths: Found[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x20 && byte < 0x7f) continue;
    const first = bytes[start];
    const isPath = byte === 0 && at - start > 2 && at - start < 4096 && (first === 0x2f || first === 0x25);
    if (isPath) paths.push({ text: bytes.toString("latin1", start, at), start, end: at });
    start = at + 1;
  }
  return paths;
}

/** Finds SYSTEM_DIRS (elf/dl-load.c): consecutive strings that each end in a slash and a NUL. */
function glibcDirectories(paths: readonly Found[]): readonly (readonly string[])[] {
  const lists: string[][] = [];
  let end = -1;
  for (const path of paths.filter(({ text }) => /^(?:\/[^/]+)+\/$/.test(text))) {
    if (path.start !== end + 1) lists.push([]);
    lists.at(-1)?.push(path.text.slice(0, -1));
    end = path.end;
  }
  return lists;
}

/**
 * Finds the path of load_library (ldso/dynlink.c) in a string. Other lists are for programs: `/bin:/usr/bin`.
 */
function muslDirectories({ text }: Found): readonly string[] {
  const directories = text.split(":");
  const isList = directories.length > 1 && directories.every((path) => /^\/(?:.*\/)?lib/.test(path));
  return isList ? directories : [];
}
