import { type Filesystem, resolve } from "../image/filesystem/filesystem.ts";
import type { BytePath } from "../image/path.ts";
import { textOf } from "./bytes.ts";

/**
 * Returns a value of os-release(5), such as `Debian GNU/Linux 12 (bookworm)` for PRETTY_NAME. Anyone can write
 * it. Returns null if there is none; an empty value is none.
 */
export function osRelease(filesystem: Filesystem, key: string): string | null {
  const [file] = osReleasePaths.flatMap((path) => resolve(filesystem, path) ?? []);
  const text = textOf(file?.attributes.content?.text ?? "");
  // As in a shell, the last assignment counts.
  const line = text.split("\n").findLast((line) => line.startsWith(`${key}=`));
  return line === undefined ? null : unquote(line.slice(key.length + 1).trim()) || null;
}

/** The first of these that exists counts. */
export const osReleasePaths: readonly BytePath[] = ["etc/os-release", "usr/lib/os-release"];

/**
 * Unquotes a value. Single quotes keep everything literal. Otherwise, a backslash escapes the next character.
 */
function unquote(value: string): string {
  const inSingle = /^'([^']*)'$/.exec(value)?.[1];
  if (inSingle !== undefined) return inSingle;
  const inDouble = /^"(.*)"$/s.exec(value)?.[1];
  return (inDouble ?? value).replace(/\\([\\"$`'])/g, "$1");
}
