import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { ElfFacts } from "../../image/layer/content.ts";
import { baseOf } from "../../image/path.ts";

/**
 * Identifies by its bytes which C library a dynamic loader belongs to. Names mislead: Alpine's libc6-compat
 * links glibc's name to musl. glibc's loader defines the version GLIBC_PRIVATE. musl's loader is its whole C
 * library, has no versions, and has its own directories. If it has no soname either, the file's name counts.
 * @param requested PT_INTERP of the program
 */
export function loaderKind(file: FilesystemNode, elf: ElfFacts, requested: string): "glibc" | "musl" | null {
  const { soname = "", versionDefinitions = [], needed = [] } = elf.dynamic ?? {};
  if (needed.length > 0) return null;
  if (versionDefinitions.includes("GLIBC_PRIVATE"))
    return /^ld(?:\d+|-.*)?\.so/.test(soname) ? "glibc" : null;
  if (versionDefinitions.length > 0) return null;
  if (/^libc\.musl-/.test(soname)) return "musl";
  if (elf.loaderDirectories?.includes("/usr/local/lib") === true) return "musl";
  return [requested, file.path].some((path) => muslName.test(baseOf(path))) ? "musl" : null;
}

/**
 * Returns musl's name of the architecture, which is part of its path file's name. It is taken from the
 * loader's names, or from its header.
 * @returns null if unknown
 */
export function muslArchitecture(file: FilesystemNode, elf: ElfFacts, requested: string): string | null {
  const named =
    /^libc\.musl-(.+)\.so/.exec(elf.dynamic?.soname ?? "") ??
    muslName.exec(baseOf(requested)) ??
    muslName.exec(baseOf(file.path));
  return named?.[1] ?? (elf.class === 64 && elf.byteOrder === "little" ? (usual[elf.machine] ?? null) : null);
}

const muslName = /^ld-musl-(.+)\.so\.1$/;

/** Other machines have several names, for hard and soft floats. */
const usual: Readonly<Record<number, string>> = { 21: "powerpc64le", 62: "x86_64", 183: "aarch64" };
