import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { ElfFacts } from "../../image/layer/content.ts";
import { isSameMachine, type Machine, machineName } from "./architecture.ts";

/**
 * What a file of the right name is to a loader: a library, a library of another machine (`other`), something
 * that no loader loads (`broken`), or unknown (`unread`). The words end a sentence that begins with the
 * file's path.
 */
export type Candidate =
  | { readonly kind: "library"; readonly elf: ElfFacts }
  | { readonly kind: "other" | "broken"; readonly words: string }
  | { readonly kind: "unread"; readonly words: string };

/**
 * Checks a file as loaders do before they load it (glibc's open_verify and _dl_map_object_from_fd, musl's
 * map_library). They differ in what follows: glibc skips `other` files, musl takes the first file that it
 * finds.
 */
export function candidate(node: FilesystemNode, program: Machine): Candidate {
  const { type, content } = node.attributes;
  if (type === "directory") return { kind: "broken", words: "is a directory" };
  if (type !== "file") return { kind: "unread", words: "is not a regular file" };
  if (node.size === 0) return { kind: "broken", words: "is empty" };
  if (content === undefined) return { kind: "unread", words: "was not inspected" };
  if (content.format !== "elf") return { kind: "broken", words: "is not an ELF file" };
  const { elf } = content;
  if (elf === undefined) return { kind: "unread", words: "was not read as an ELF file" };
  // If the class is the same, glibc treats the other byte order as damage, and stops.
  if (elf.class === program.class && elf.byteOrder !== program.byteOrder) {
    return { kind: "broken", words: `is ${elf.byteOrder}-endian` };
  }
  if (!isSameMachine(elf, program)) return { kind: "other", words: `is for ${machineName(elf)}` };
  if (elf.type === 2) return { kind: "broken", words: "is a program, not a library" };
  if (elf.type !== 3) return { kind: "broken", words: "is neither a program nor a library" };
  if (elf.unread !== undefined) return { kind: "unread", words: `could not be read: ${elf.unread}` };
  if (elf.dynamic === undefined) return { kind: "broken", words: "has no dynamic section" };
  return elf.dynamic.isPie === true
    ? { kind: "unread", words: "is a program, which newer loaders refuse to load as a library" }
    : { kind: "library", elf };
}
