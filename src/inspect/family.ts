import { type Filesystem, resolve } from "../image/filesystem/filesystem.ts";
import { textOf } from "./start/bytes.ts";

const key = "PRETTY_NAME=";
const maxLength = 100;

/**
 * Returns PRETTY_NAME of os-release(5), such as `Debian GNU/Linux 12 (bookworm)`. It is only a label for
 * people: anyone can write it. It has no control characters and at most 100 characters. Null if there is
 * none.
 */
export function familyOf(filesystem: Filesystem): string | null {
  const file = resolve(filesystem, "etc/os-release") ?? resolve(filesystem, "usr/lib/os-release");
  const text = textOf(file?.attributes.content?.text ?? "");
  // As in a shell, the last assignment counts.
  const line = text.split("\n").findLast((line) => line.startsWith(key));
  if (line === undefined) return null;
  const visible = line.slice(key.length).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");
  const name = [...unquote(visible.trim())].slice(0, maxLength).join("").trim();
  return name === "" ? null : name;
}

/**
 * Unquotes a value. Single quotes keep everything literal. Otherwise, a backslash escapes the next character.
 */
function unquote(value: string): string {
  const inSingle = /^'([^']*)'$/.exec(value)?.[1];
  if (inSingle !== undefined) return inSingle;
  const inDouble = /^"(.*)"$/.exec(value)?.[1];
  return (inDouble ?? value).replace(/\\([\\"$`'])/g, "$1");
}
