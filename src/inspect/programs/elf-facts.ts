import type { Buffer } from "node:buffer";
import type { ElfFacts } from "../../image/layer/content.ts";
import type { BytePath } from "../../image/path.ts";
import { type ReadDynamic, readDynamic } from "./elf-dynamic.ts";
import {
  type ElfHeader,
  type ElfTable,
  elfHeaderSize,
  hasSoundProgramHeaders,
  headerOf,
  identityOf,
  type Segment,
  segmentsOf,
  segmentTypes,
  tableSectionsOf,
} from "./elf-header.ts";
import { ElfMemory } from "./elf-memory.ts";
import {
  dynamicLimit,
  dynamicOf,
  hasEarlySections,
  headersEnd,
  interpreterLimit,
  loadLimit,
  loadsOf,
  offsetOf,
  rangesOfTables,
  rangesUntilHeaders,
} from "./elf-ranges.ts";
import { KeptRanges } from "./kept-ranges.ts";
import { isLoader, loaderDirectoriesOf } from "./loader-directories.ts";

/** Files up to this size, in bytes, are kept whole: choosing their tables would cost more than copying them. */
const wholeLimit = 128 * 1024;

/**
 * Reads in one pass what the kernel and the dynamic loader use of an ELF program or library. It keeps the
 * parts that may contain the tables in memory, at most 16 MiB, and reads them at the end. It never throws,
 * whatever the bytes are.
 */
export class ElfReader {
  readonly #file: { readonly path: BytePath; readonly size: number };
  readonly #kept = new KeptRanges();
  #header: ElfHeader | null = null;
  #segments: readonly Segment[] | null = null;
  #unread: string | null = null;
  /** offset at which the next ranges to keep can be decided; null if there are none */
  #turn: number | null = elfHeaderSize;

  constructor(file: { readonly path: BytePath; readonly size: number }) {
    this.#file = file;
    this.#kept.add([{ start: 0, end: elfHeaderSize }]);
  }

  update(chunk: Buffer): void {
    let begin = 0;
    while (this.#turn !== null && this.#kept.passed + chunk.length - begin >= this.#turn) {
      const end = begin + Math.max(0, this.#turn - this.#kept.passed);
      this.#kept.update(chunk, begin, end);
      begin = end;
      this.#turn = this.#header === null ? this.#readHeader() : this.#chooseTables(this.#header);
    }
    this.#kept.update(chunk, begin, chunk.length);
  }

  /** Called once, after the last chunk. Returns undefined if it is neither a program nor a shared library. */
  finish(): ElfFacts | undefined {
    // The file is kept whole, or ends before its section headers, which are optional.
    if (this.#header !== null) this.#segments ??= this.#readSegments(this.#header);
    const facts = this.#facts();
    this.#kept.release();
    return facts;
  }

  #facts(): ElfFacts | undefined {
    const identity = this.#header?.identity ?? identityOf(this.#kept.from(0, elfHeaderSize));
    if (identity === null) return undefined;
    if (this.#segments === null || this.#header === null)
      return { ...identity, unread: this.#unread ?? "its headers are cut off" };
    const interpreter = this.#interpreter(this.#segments);
    const read = this.#dynamic(this.#header, this.#segments);
    const directories = isLoader(this.#file.path) ? loaderDirectoriesOf(this.#kept.all()) : [];
    const unread = this.#unread ?? read?.unread ?? null;
    return {
      ...identity,
      ...(interpreter === null ? {} : { interpreter }),
      ...(read === null ? {} : { dynamic: read.dynamic }),
      ...(directories.length === 0 ? {} : { loaderDirectories: directories }),
      ...(unread === null ? {} : { unread }),
    };
  }

  /** @returns the next turn */
  #readHeader(): number | null {
    const head = this.#kept.from(0, elfHeaderSize);
    const identity = identityOf(head);
    if (identity === null) return null;
    const header = headerOf(head, identity);
    if (!hasSoundProgramHeaders(header)) {
      this.#unread = "its program headers are damaged";
      return null;
    }
    this.#header = header;
    const { size } = this.#file;
    const isWhole = size <= wholeLimit;
    this.#kept.add(
      isWhole ? [{ start: elfHeaderSize, end: size }] : rangesUntilHeaders(header, this.#room()),
    );
    return isWhole ? null : headersEnd(header);
  }

  #chooseTables(header: ElfHeader): null {
    const segments = this.#readSegments(header);
    if (segments === null) return null;
    const sections = hasEarlySections(header) ? this.#table(header.sectionHeaders) : null;
    const places = sections === null ? [] : tableSectionsOf(sections, header);
    const file = { ...this.#room(), isLoader: isLoader(this.#file.path) };
    this.#kept.add(rangesOfTables(header, segments, places, file));
    this.#segments = segments;
    return null;
  }

  #readSegments(header: ElfHeader): readonly Segment[] | null {
    const table = this.#table(header.programHeaders);
    if (table === null) return null;
    const segments = segmentsOf(table, header);
    if (loadsOf(segments).length <= loadLimit) return segments;
    this.#unread = "it has more segments than linkers write";
    return null;
  }

  #room() {
    const { passed, total } = this.#kept;
    return { size: this.#file.size, passed, kept: total };
  }

  #table({ offset, entrySize, count }: ElfTable): Buffer | null {
    const table = this.#kept.from(offset, entrySize * count);
    return table.length === entrySize * count ? table : null;
  }

  /** Reads PT_INTERP as the kernel does (fs/binfmt_elf.c): the first of several, which ends in a NUL. */
  #interpreter(segments: readonly Segment[]): string | null {
    const segment = segments.find(({ type }) => type === segmentTypes.interpreter);
    if (segment === undefined) return null;
    const bytes = this.#kept.from(segment.offset, Math.min(segment.size, interpreterLimit));
    const isSound = bytes.length > 1 && bytes.length === segment.size && bytes.at(-1) === 0;
    if (isSound) return bytes.toString("latin1", 0, bytes.indexOf(0));
    this.#unread = "its interpreter's name is damaged";
    return null;
  }

  /** Reads the dynamic section at its address, as the loader does (elf/rtld.c). */
  #dynamic({ identity }: ElfHeader, segments: readonly Segment[]): ReadDynamic | null {
    const segment = dynamicOf(segments);
    if (segment === null) return null;
    const loads = loadsOf(segments);
    const offset = offsetOf(loads, segment.address);
    if (offset === null) {
      this.#unread = "its dynamic section is not loaded";
      return null;
    }
    const table = this.#kept.from(offset, Math.min(segment.size, dynamicLimit));
    const memory = new ElfMemory(this.#kept, loads, identity.byteOrder === "little");
    return readDynamic(table, memory, identity);
  }
}
