import type { FilesystemNode } from "../../image/filesystem/node.ts";

/**
 * Reports whether anyone may execute the file. The owner alone is enough: in a container, it is often root.
 */
export function isExecutableMode(mode: number): boolean {
  return (mode & 0o111) !== 0;
}

/** Reports whether the node is a nonempty regular file with an exec bit, in any format. */
export function isExecutable(node: FilesystemNode): boolean {
  const { type, mode } = node.attributes;
  return type === "file" && isExecutableMode(mode) && node.size > 0;
}

/**
 * Reports whether Linux can execute the file: an ELF file or a script with an exec bit. Data with an exec bit
 * does not count; all files copied from Windows have the bit. A file that was not examined counts.
 */
export function isProgram(node: FilesystemNode): boolean {
  return isExecutable(node) && node.attributes.content?.format !== "other";
}
