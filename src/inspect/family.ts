import { Buffer } from "node:buffer";
import { type Filesystem, resolve } from "../image/filesystem/filesystem.ts";

const key = "PRETTY_NAME=";
const longest = 100;

/**
 * PRETTY_NAME of os-release(5), such as `Debian GNU/Linux 12 (bookworm)`: a label for people, which anyone can write.
 * Without control characters, at most 100 characters; null where there is none.
 */
export function familyOf(filesystem: Filesystem): string | null {
  const file = resolve(filesystem, "etc/os-release") ?? resolve(filesystem, "usr/lib/os-release");
  const text = Buffer.from(file?.attributes.content?.text ?? "", "latin1").toString("utf8");
  // As in a shell, the last assignment counts.
  const line = text.split("\n").findLast((line) => line.startsWith(key));
  if (line === undefined) return null;
  const visible = line.slice(key.length).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");
  const name = [...unquote(visible.trim())].slice(0, longest).join("").trim();
  return name === "" ? null : name;
}

/** A value in single quotes is as it is; in double quotes and without quotes a backslash stands before what is meant literally. */
function unquote(value: string): string {
  const inSingle = /^'([^']*)'$/.exec(value)?.[1];
  if (inSingle !== undefined) return inSingle;
  const inDouble = /^"(.*)"$/.exec(value)?.[1];
  return (inDouble ?? value).replace(/\\([\\"$`'])/g, "$1");
}
