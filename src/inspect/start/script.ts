import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { BytePath } from "../../image/path.ts";
import { lfsPointerMarker } from "../lfs-pointers.ts";

/** How the kernel executes a file. */
export type Executable =
  | { readonly kind: "elf" }
  /** a `#!` line. It has at most one argument, which may contain blanks. */
  | { readonly kind: "script"; readonly interpreter: BytePath; readonly argument: string | null }
  /** ENOEXEC, "exec format error"; `found` says why, as in StartProblem */
  | { readonly kind: "no-format"; readonly found: string }
  /** it was not inspected */
  | { readonly kind: "unknown" };

/** Reads a file's first bytes as the kernel does (fs/binfmt_script.c of Linux 5.1 and newer, fs/exec.c). */
export function executableOf({ size, attributes }: FilesystemNode): Executable {
  const { content } = attributes;
  if (size === 0) return { kind: "no-format", found: "it is empty" };
  if (content === undefined) return { kind: "unknown" };
  // ET_EXEC and ET_DYN: the kernel does not execute object files and memory dumps.
  if (content.format === "elf" && ![undefined, 2, 3].includes(content.elf?.type))
    return { kind: "no-format", found: "it is an ELF file, but not a program" };
  if (content.format === "elf") return { kind: "elf" };
  if (content.format === "script") return firstLine(content.interpreter ?? "");
  const isPointer = content.markers?.includes(lfsPointerMarker) === true;
  return {
    kind: "no-format",
    found: isPointer
      ? "it is a Git LFS pointer"
      : "it is neither an ELF program nor a script with a `#!` line",
  };
}

/** Bytes of a line that the kernel reads, with its newline: BINPRM_BUF_SIZE without the `#!`. */
const seenBytes = 256 - 2;

/** Maximum depth of scripts that interpret scripts; more is ELOOP (exec_binprm). */
export const scriptLevels = 5;

/** @param line the text after `#!` up to a newline, or more than the kernel reads */
function firstLine(line: string): Executable {
  const isCut = line.length >= seenBytes;
  // A line that does not end in the buffer loses the last byte.
  const seen = isCut ? line.slice(0, seenBytes - 1) : line;
  const text = seen.replace(/^[ \t]+/, "");
  const end = text.search(/[ \t\0]/);
  if (text === "" || end === 0) return { kind: "no-format", found: "its `#!` line names no interpreter" };
  if (isCut && end === -1)
    return { kind: "no-format", found: "its `#!` line is longer than the kernel reads" };
  if (end === -1) return { kind: "script", interpreter: text, argument: null };
  // A NUL ends the name, and there is no argument. In an argument, it ends the argument.
  const argument =
    text[end] === "\0"
      ? ""
      : (text
          .slice(end)
          .replace(/^[ \t]+/, "")
          .split("\0")[0] ?? "");
  const trimmed = argument.replace(/[ \t]+$/, "");
  return { kind: "script", interpreter: text.slice(0, end), argument: trimmed === "" ? null : trimmed };
}
