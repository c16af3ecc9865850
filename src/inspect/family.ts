import type { Filesystem } from "../image/filesystem/filesystem.ts";
import { osRelease } from "./os-release.ts";

const maxLength = 100;

/**
 * Returns PRETTY_NAME of os-release(5), such as `Debian GNU/Linux 12 (bookworm)`. It is only a label for
 * people: anyone can write it. It has no control characters and at most 100 characters. Null if there is
 * none.
 */
export function familyOf(filesystem: Filesystem): string | null {
  const visible = osRelease(filesystem, "PRETTY_NAME")?.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "") ?? "";
  const name = [...visible].slice(0, maxLength).join("").trim();
  return name === "" ? null : name;
}
