import { type Filesystem, resolve } from "../../image/filesystem/filesystem.ts";
import { type BytePath, baseOf, cleanPath } from "../../image/path.ts";
import { isNotShell } from "./shell-names.ts";

/** Returns the clean paths in /etc/shells (shells(5)), except programs that refuse a login. */
export function etcShells(filesystem: Filesystem): readonly BytePath[] {
  const text = resolve(filesystem, "etc/shells")?.attributes.content?.text ?? "";
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("/"))
    .map((line) => cleanPath(line).path)
    .filter((path) => !isNotShell(baseOf(path)));
}
