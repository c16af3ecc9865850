/**
 * Facts from a file's bytes, taken while its layer streamed. JSON-safe, since the layer reading stores it.
 */
export interface Content {
  /** by magic bytes: an ELF program or library, a `#!` script, or anything else */
  readonly format: "elf" | "script" | "other";
  /** only for scripts: what follows `#!` up to the newline, untrimmed, at most 255 bytes (latin1) */
  readonly interpreter?: string;
  /**
   * names of the markers that were found, sorted: those of programs, and those of inspect/programs/unread.ts and
   * inspect/lfs-pointers.ts
   */
  readonly markers?: readonly string[];
  /** only for ELF programs and shared libraries */
  readonly elf?: ElfFacts;
  /** the full text (latin1) of certain small files, such as etc/os-release */
  readonly text?: string;
  /** what the file records of installed packages; absent in files that record none */
  readonly packages?: readonly PackageRecords[];
}

/** An ecosystem, as a purl names it. */
export type PackageType = "deb" | "apk" | "rpm" | "pypi" | "npm" | "maven" | "golang" | "cargo";

/** The packages of one type that one file records. */
export interface PackageRecords {
  readonly type: PackageType;
  readonly packages: readonly PackageRecord[];
  /**
   * why it may record more or others than these, as the predicate of a sentence that begins with the file's
   * path; absent if the whole record was read
   */
  readonly unread?: string;
}

/** One installed package as its record has it. Strings are latin1. */
export interface PackageRecord {
  /** with its group or scope, as its own tools write it: `@types/node`, `org.slf4j:slf4j-api` */
  readonly name: string;
  /** the full version, as its own tools write it: `1:2.36-9+deb12u4` */
  readonly version: string;
  readonly architecture?: string;
  /** bytes that it takes when it is installed, as the record says */
  readonly size?: number;
}

/** What an ELF file tells the kernel and the dynamic loader (elf(5), gABI chapter 5). Strings are latin1. */
export interface ElfFacts {
  readonly class: 32 | 64;
  readonly byteOrder: "little" | "big";
  /** e_machine, such as 62 for x86-64 */
  readonly machine: number;
  /** e_type: 2 is ET_EXEC, 3 is ET_DYN */
  readonly type: number;
  /** PT_INTERP, without the NUL; absent where there is none: the kernel then needs no loader */
  readonly interpreter?: string;
  /** from PT_DYNAMIC; absent where there is none */
  readonly dynamic?: ElfDynamic;
  /** directories compiled into a dynamic loader, in its order, absolute, without the slash at the end; absent in other files */
  readonly loaderDirectories?: readonly string[];
  /** why the rest could not be read: the file is damaged, or its tables lie outside of what is kept in memory; absent where it was read */
  readonly unread?: string;
}

/** The dynamic section. Empty lists are left out. */
export interface ElfDynamic {
  readonly needed?: readonly string[];
  readonly soname?: string;
  readonly rpath?: string;
  readonly runpath?: string;
  /** DF_1_NODEFLIB: the loader's own directories and the cache are not searched for it */
  readonly hasNoDefaultLibraries?: true;
  /** DF_1_PIE: a program, not a library */
  readonly isPie?: true;
  /** by the soname of the library that must define them (.gnu.version_r) */
  readonly versionNeeds?: readonly {
    readonly library: string;
    readonly versions: readonly ElfVersionNeed[];
  }[];
  /** names of the versions that it defines (.gnu.version_d), its own name left out */
  readonly versionDefinitions?: readonly string[];
}

export interface ElfVersionNeed {
  readonly name: string;
  /** VER_FLG_WEAK: may be missing */
  readonly isWeak?: true;
}

/** Examines one file's payload while it streams, without keeping it. */
export interface ContentProbe {
  update(chunk: Uint8Array): void;
  /** Called once, after the last chunk. Returns `undefined` if nothing is worth keeping. */
  finish(): Content | undefined;
}

/** A regular file that may be examined. */
export interface ExaminedFile {
  /** as in LayerEntry */
  readonly path: string;
  readonly mode: number;
  /** bytes */
  readonly size: number;
}

/**
 * Decides which regular files are examined. The layer reader knows only tar; its caller passes this function,
 * which knows what to look for in files.
 * @returns a probe, or undefined to skip the payload
 */
export type Examine = (file: ExaminedFile) => ContentProbe | undefined;
