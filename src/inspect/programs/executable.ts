import type { FilesystemNode } from "../../image/filesystem/node.ts";

/** Whether anyone may execute it, be it only the owner: root in a container is often the owner. */
export function isExecutableMode(mode: number): boolean {
  return (mode & 0o111) !== 0;
}

/** A regular file that has an exec bit and bytes to execute, of whatever format. */
export function isExecutable(node: FilesystemNode): boolean {
  const { type, mode } = node.attributes;
  return type === "file" && isExecutableMode(mode) && node.size > 0;
}

/**
 * A file that Linux can execute by itself: an ELF file or a script, with an exec bit. Data that merely has the bit, as
 * everything copied from Windows has, is none. What was not looked at may be one.
 */
export function isProgram(node: FilesystemNode): boolean {
  return isExecutable(node) && node.attributes.content?.format !== "other";
}
