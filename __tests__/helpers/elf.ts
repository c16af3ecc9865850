import { Buffer } from "node:buffer";
import type { ElfDynamic, ElfFacts } from "../../src/image/layer/content.ts";

/** Facts of the file. By default, it is a static, little-endian, 64-bit ET_DYN for x86-64. */
export type ElfFileFacts = Partial<Omit<ElfFacts, "unread">>;

/** The layout of the file, as linkers and tools write it. */
export interface ElfFileLayout {
  /**
   * where the interpreter's path, strings and versions are. `begin`, the default: right after the headers, as
   * ld, lld and mold write them. `constants`: after the constants in a segment after the text, as Go's linker
   * writes them. `end`: in their own segment at the end, with the dynamic section, as patchelf moves them.
   */
  readonly tables?: "begin" | "constants" | "end";
  /**
   * whether headers, text and constants are one executable segment, as before `-z separate-code`; default:
   * false
   */
  readonly isOneSegment?: boolean;
  /** default: begin; newer versions of patchelf move them to the end */
  readonly programHeaders?: "begin" | "end";
  /** default: end; Go's linker writes them at the beginning, and packers write none */
  readonly sectionHeaders?: "begin" | "end" | "none";
  /** bytes of code; default: 16 */
  readonly text?: number;
  /** bytes of constants before the strings below; default: 0 */
  readonly constants?: number;
  /** bytes of the data segment; default: 16 */
  readonly data?: number;
  /** bytes of other strings before those of the facts, as in a library with many symbols; default: 0 */
  readonly otherStrings?: number;
  /** NUL-terminated constants (latin1), such as markers of programs */
  readonly strings?: readonly string[];
}

/**
 * Builds an ELF file with exactly these facts for the kernel and a dynamic loader (elf(5)). It has no code and no
 * symbols, and cannot run.
 *
 * ```ts
 * elfFile({ interpreter: "/lib64/ld-linux-x86-64.so.2", dynamic: { needed: ["libc.so.6"], isPie: true } });
 * elfFile({ dynamic: { soname: "libssl.so.3", versionDefinitions: ["OPENSSL_3.0.0"] } });
 * elfFile({ dynamic: { soname: "ld-linux-x86-64.so.2" }, loaderDirectories: ["/lib64", "/usr/lib64"] });
 * elfFile({ type: 2 }); // static
 * ```
 */
export function elfFile(facts: ElfFileFacts = {}, layout: ElfFileLayout = {}): Buffer {
  return new ElfBuilder(facts, layout).build();
}

/** A part of the file. Its offset is known once all parts are in order. */
interface Part {
  readonly name: string;
  readonly size: number;
  offset: number;
  /** index of the segment that loads it; null if it is not loaded */
  segment: number | null;
}

interface Segment {
  readonly parts: readonly string[];
  readonly flags: number;
}

const readable = 4;
const writable = 2;
const executable = 1;

const segmentTypes = { load: 1, dynamic: 2, interp: 3 };
const sectionTypes = {
  strings: 3,
  dynamic: 6,
  progbits: 1,
  versionDefinitions: 0x6ffffffd,
  versionNeeds: 0x6ffffffe,
};
const tags = {
  null: 0,
  needed: 1,
  strtab: 5,
  strsz: 10,
  soname: 14,
  rpath: 15,
  runpath: 29,
  flags1: 0x6ffffffb,
  verdef: 0x6ffffffc,
  verdefnum: 0x6ffffffd,
  verneed: 0x6ffffffe,
  verneednum: 0x6fffffff,
};

class ElfBuilder {
  readonly #facts: ElfFileFacts;
  readonly #layout: Required<ElfFileLayout>;
  readonly #isBig: boolean;
  readonly #is64: boolean;
  readonly #parts = new Map<string, Part>();
  readonly #strings: StringTable;

  constructor(facts: ElfFileFacts, layout: ElfFileLayout) {
    this.#facts = facts;
    this.#isBig = facts.byteOrder === "big";
    this.#is64 = facts.class !== 32;
    this.#strings = new StringTable(layout.otherStrings ?? 0);
    this.#layout = {
      tables: "begin",
      isOneSegment: false,
      programHeaders: "begin",
      sectionHeaders: "end",
      text: 16,
      constants: 0,
      data: 16,
      otherStrings: 0,
      strings: [],
      ...layout,
    };
  }

  build(): Buffer {
    const { interpreter, dynamic } = this.#facts;
    // The offsets of the strings decide the size of their table.
    const needs = this.#versionNeeds();
    const definitions = this.#versionDefinitions();
    const dynamicSize = dynamic === undefined ? 0 : this.#dynamic().length;
    const { text, data } = this.#layout;
    const constants = this.#constants();
    const segments = this.#segments();
    const names = segments.flatMap(({ parts }) => parts);
    const sections = this.#sectionNames();
    const sizes: Readonly<Record<string, number>> = {
      header: this.#is64 ? 64 : 52,
      programHeaders: (this.#is64 ? 56 : 32) * this.#programHeaderCount(segments),
      sectionHeaders: sections.length === 0 ? 0 : (this.#is64 ? 64 : 40) * (sections.length + 2),
      sectionNames: this.#sectionNameTable().length,
      interp: interpreter === undefined ? 0 : interpreter.length + 1,
      strings: this.#strings.bytes().length,
      versionNeeds: needs.length,
      versionDefinitions: definitions.length,
      dynamic: dynamicSize,
      text,
      data,
      constants: constants.length,
    };
    let offset = 0;
    const order = [
      ...names,
      ...(this.#layout.sectionHeaders === "end" ? ["sectionNames", "sectionHeaders"] : []),
    ];
    for (const name of order) {
      offset = Math.ceil(offset / 16) * 16;
      const segment = segments.findIndex(({ parts }) => parts.includes(name));
      const part = { name, size: sizes[name] ?? 0, offset, segment: segment < 0 ? null : segment };
      this.#parts.set(name, part);
      offset += part.size;
    }
    const file = Buffer.alloc(offset);
    const put = (name: string, bytes: Buffer) => {
      const part = this.#parts.get(name);
      if (part !== undefined) bytes.copy(file, part.offset);
    };
    put("header", this.#header(segments));
    put("programHeaders", this.#programHeaders(segments));
    put("interp", Buffer.from(`${interpreter ?? ""}\0`, "latin1").subarray(0, sizes["interp"]));
    put("strings", this.#strings.bytes());
    put("versionNeeds", needs);
    put("versionDefinitions", definitions);
    put("text", Buffer.alloc(text, 0x90));
    put("data", Buffer.alloc(data, 0x11));
    put("constants", constants);
    put("dynamic", dynamic === undefined ? Buffer.alloc(0) : this.#dynamic());
    put("sectionNames", this.#sectionNameTable());
    put("sectionHeaders", this.#sectionHeaders());
    return file;
  }

  /** Returns the parts in the file's order. */
  #segments(): readonly Segment[] {
    const { tables, isOneSegment, programHeaders, sectionHeaders } = this.#layout;
    const tableParts = ["interp", "strings", "versionNeeds", "versionDefinitions"];
    const head = [
      "header",
      ...(programHeaders === "begin" ? ["programHeaders"] : []),
      ...(sectionHeaders === "begin" ? ["sectionHeaders", "sectionNames"] : []),
      ...(tables === "begin" ? tableParts : []),
    ];
    const constants = ["constants", ...(tables === "constants" ? tableParts : [])];
    const isData = tables !== "end";
    const end = [
      ...(programHeaders === "end" ? ["programHeaders"] : []),
      ...(tables === "end" ? [...tableParts, "dynamic"] : []),
    ];
    const code = [
      ...(isOneSegment
        ? [{ parts: [...head, "text", ...constants], flags: readable | executable }]
        : tables === "constants"
          ? [
              { parts: [...head, "text"], flags: readable | executable },
              { parts: constants, flags: readable },
            ]
          : [
              { parts: head, flags: readable },
              { parts: ["text"], flags: readable | executable },
              { parts: constants, flags: readable },
            ]),
    ];
    return [
      ...code,
      { parts: ["data", ...(isData ? ["dynamic"] : [])], flags: readable | writable },
      ...(end.length === 0 ? [] : [{ parts: end, flags: readable | writable }]),
    ];
  }

  #programHeaderCount(segments: readonly Segment[]): number {
    const { interpreter, dynamic } = this.#facts;
    return segments.length + (interpreter === undefined ? 0 : 1) + (dynamic === undefined ? 0 : 1);
  }

  #header(segments: readonly Segment[]): Buffer {
    const { machine = 62, type = 3 } = this.#facts;
    const sections = this.#sectionNames();
    const out = this.#writer();
    out.bytes("\x7fELF", this.#is64 ? 2 : 1, this.#isBig ? 2 : 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    out.uint16(type).uint16(machine).uint32(1);
    out.word(this.#addressOf("text")).word(this.#offsetOf("programHeaders"));
    out.word(this.#offsetOf("sectionHeaders")).uint32(0);
    out
      .uint16(this.#is64 ? 64 : 52)
      .uint16(this.#is64 ? 56 : 32)
      .uint16(this.#programHeaderCount(segments));
    out.uint16(this.#is64 ? 64 : 40);
    out.uint16(sections.length === 0 ? 0 : sections.length + 2);
    out.uint16(sections.length === 0 ? 0 : sections.length + 1);
    return out.finish();
  }

  #programHeaders(segments: readonly Segment[]): Buffer {
    const out = this.#writer();
    const header = (type: number, flags: number, from: number, to: number, address: number) => {
      const size = to - from;
      out.uint32(type);
      if (this.#is64) out.uint32(flags);
      out.word(from).word(address).word(address).word(size).word(size);
      if (!this.#is64) out.uint32(flags);
      out.word(type === segmentTypes.load ? pageSize : 1);
    };
    const single = (type: number, name: string) => {
      const { offset, size } = this.#part(name);
      header(type, readable, offset, offset + size, this.#addressOf(name));
    };
    if (this.#facts.interpreter !== undefined) single(segmentTypes.interp, "interp");
    for (const { parts, flags } of segments) {
      const [first, last] = [this.#part(parts[0] ?? ""), this.#part(parts.at(-1) ?? "")];
      header(segmentTypes.load, flags, first.offset, last.offset + last.size, this.#addressOf(first.name));
    }
    if (this.#facts.dynamic !== undefined) single(segmentTypes.dynamic, "dynamic");
    return out.finish();
  }

  /** The length does not depend on whether the parts have their offsets yet. */
  #dynamic(): Buffer {
    const {
      needed = [],
      soname,
      rpath,
      runpath,
      versionNeeds = [],
      versionDefinitions = [],
    } = this.#dynamicFacts();
    const flags = this.#dynamicFacts().hasNoDefaultLibraries === true ? 0x800 : 0;
    const flags1 = flags | (this.#dynamicFacts().isPie === true ? 0x08000000 : 0);
    const out = this.#writer();
    for (const name of needed) out.word(tags.needed).word(this.#strings.add(name));
    if (soname !== undefined) out.word(tags.soname).word(this.#strings.add(soname));
    if (rpath !== undefined) out.word(tags.rpath).word(this.#strings.add(rpath));
    if (runpath !== undefined) out.word(tags.runpath).word(this.#strings.add(runpath));
    out.word(tags.strtab).word(this.#addressOf("strings"));
    out.word(tags.strsz).word(this.#parts.get("strings")?.size ?? 0);
    if (flags1 !== 0) out.word(tags.flags1).word(flags1);
    if (versionDefinitions.length > 0) {
      out.word(tags.verdef).word(this.#addressOf("versionDefinitions"));
      out.word(tags.verdefnum).word(versionDefinitions.length + 1);
    }
    if (versionNeeds.length > 0) {
      out.word(tags.verneed).word(this.#addressOf("versionNeeds"));
      out.word(tags.verneednum).word(versionNeeds.length);
    }
    return out.word(tags.null).word(0).finish();
  }

  /**
   * Elf64_Verneed and Elf64_Vernaux, which have the same layout in both widths (LSB, "Version Requirements").
   */
  #versionNeeds(): Buffer {
    const needs = this.#dynamicFacts().versionNeeds ?? [];
    const out = this.#writer();
    let index = 100;
    for (const [at, { library, versions }] of needs.entries()) {
      const isLast = at === needs.length - 1;
      out.uint16(1).uint16(versions.length).uint32(this.#strings.add(library));
      out.uint32(versions.length === 0 ? 0 : 16).uint32(isLast ? 0 : 16 * (1 + versions.length));
      for (const [at, { name, isWeak }] of versions.entries()) {
        out
          .uint32(elfHash(name))
          .uint16(isWeak === true ? 2 : 0)
          .uint16(index++);
        out.uint32(this.#strings.add(name)).uint32(at === versions.length - 1 ? 0 : 16);
      }
    }
    return out.finish();
  }

  /**
   * Elf64_Verdef and Elf64_Verdaux (LSB, "Version Definitions"): first the base definition, with the file's
   * own name.
   */
  #versionDefinitions(): Buffer {
    const names = this.#dynamicFacts().versionDefinitions ?? [];
    const out = this.#writer();
    if (names.length === 0) return out.finish();
    for (const [at, name] of [this.#dynamicFacts().soname ?? "", ...names].entries()) {
      out
        .uint16(1)
        .uint16(at === 0 ? 1 : 0)
        .uint16(at + 1)
        .uint16(1);
      out
        .uint32(elfHash(name))
        .uint32(20)
        .uint32(at === names.length ? 0 : 28);
      out.uint32(this.#strings.add(name)).uint32(0);
    }
    return out.finish();
  }

  /** A loader's directories are constants: glibc's each with a slash and a NUL, musl's in one string. */
  #constants(): Buffer {
    const { loaderDirectories = [] } = this.#facts;
    const { constants, strings } = this.#layout;
    const isMusl = /^libc\.(?:so$|musl-)|^ld-musl-/.test(this.#dynamicFacts().soname ?? "");
    const glibc = loaderDirectories.map((directory) => `${directory}/\0`).join("");
    const directories = isMusl ? `${loaderDirectories.join(":")}\0` : glibc;
    const texts = [
      ...strings.map((text) => `${text}\0`),
      ...(loaderDirectories.length === 0 ? [] : [directories]),
    ];
    // A non-ASCII byte and a NUL separate the string from what precedes it.
    return Buffer.concat([
      Buffer.alloc(constants, 0xcc),
      Buffer.from(`\0${texts.join("\x01\0")}\x01`, "latin1"),
    ]);
  }

  #sectionNames(): readonly (keyof typeof sectionNames)[] {
    if (this.#layout.sectionHeaders === "none") return [];
    const { interpreter, dynamic } = this.#facts;
    return [
      ...(interpreter === undefined ? [] : (["interp"] as const)),
      ...(dynamic === undefined ? [] : (["strings"] as const)),
      ...((dynamic?.versionNeeds ?? []).length === 0 ? [] : (["versionNeeds"] as const)),
      ...((dynamic?.versionDefinitions ?? []).length === 0 ? [] : (["versionDefinitions"] as const)),
      ...(dynamic === undefined ? [] : (["dynamic"] as const)),
      "text",
      "constants",
    ];
  }

  #sectionNameTable(): Buffer {
    const names = this.#sectionNames().map((name) => sectionNames[name]);
    return Buffer.from(`\0${[...names, ".shstrtab"].map((name) => `${name}\0`).join("")}`, "latin1");
  }

  /** Section headers, for readelf(1) and other readers of sections. */
  #sectionHeaders(): Buffer {
    const names = this.#sectionNames();
    const out = this.#writer();
    if (names.length === 0) return out.finish();
    const strings = 1 + names.indexOf("strings");
    const table = this.#sectionNameTable();
    const dynamic = this.#dynamicFacts();
    const header = (name: string, type: number, part: string, info: number, entrySize: number) => {
      const { offset, size, segment } = this.#part(part);
      const isLinked = ["versionNeeds", "versionDefinitions", "dynamic"].includes(part);
      out
        .uint32(table.indexOf(`\0${name}\0`, 0, "latin1") + 1)
        .uint32(type)
        .word(segment === null ? 0 : 2);
      out
        .word(segment === null ? 0 : this.#addressOf(part))
        .word(offset)
        .word(size);
      out
        .uint32(isLinked ? strings : 0)
        .uint32(info)
        .word(1)
        .word(entrySize);
    };
    out.bytes(...Array.from({ length: this.#is64 ? 64 : 40 }, () => 0));
    for (const part of names) {
      const type =
        part in sectionTypes ? sectionTypes[part as keyof typeof sectionTypes] : sectionTypes.progbits;
      const info =
        part === "versionNeeds"
          ? (dynamic.versionNeeds?.length ?? 0)
          : part === "versionDefinitions"
            ? 1 + (dynamic.versionDefinitions?.length ?? 0)
            : 0;
      header(sectionNames[part], type, part, info, part === "dynamic" ? (this.#is64 ? 16 : 8) : 0);
    }
    header(".shstrtab", sectionTypes.strings, "sectionNames", 0, 0);
    return out.finish();
  }

  #dynamicFacts(): ElfDynamic {
    return this.#facts.dynamic ?? {};
  }

  #part(name: string): Part {
    const part = this.#parts.get(name);
    if (part === undefined) throw new Error(`${name} has no offset in the file`);
    return part;
  }

  #offsetOf(name: string): number {
    return this.#parts.get(name)?.offset ?? 0;
  }

  /**
   * Differs from the offset, except in a library's first segment, to find readers that mistake one for the
   * other.
   */
  #addressOf(name: string): number {
    const part = this.#parts.get(name);
    if (part === undefined || part.segment === null) return 0;
    const base = this.#facts.type === 2 ? 0x400000 : 0;
    return base + part.offset + part.segment * 16 * pageSize;
  }

  #writer(): Writer {
    return new Writer(this.#is64, this.#isBig);
  }
}

const pageSize = 0x1000;

const sectionNames = {
  interp: ".interp",
  strings: ".dynstr",
  versionNeeds: ".gnu.version_r",
  versionDefinitions: ".gnu.version_d",
  dynamic: ".dynamic",
  text: ".text",
  constants: ".rodata",
};

/** The hash of System V's ABI: loaders compare hashes of versions before names. */
function elfHash(name: string): number {
  let hash = 0;
  for (const character of name) {
    hash = (hash << 4) + character.charCodeAt(0);
    const high = hash & 0xf0000000;
    hash = (hash ^ (high >>> 24)) & ~high;
  }
  return hash >>> 0;
}

/** A table with each string once, after an empty one. */
class StringTable {
  #text: string;
  readonly #offsets = new Map<string, number>([["", 0]]);

  constructor(others: number) {
    this.#text = `\0${"_symbol\0".repeat(Math.ceil(others / 8))}`;
  }

  add(text: string): number {
    const known = this.#offsets.get(text);
    if (known !== undefined) return known;
    const offset = this.#text.length;
    this.#offsets.set(text, offset);
    this.#text += `${text}\0`;
    return offset;
  }

  bytes(): Buffer {
    return Buffer.from(this.#text, "latin1");
  }
}

/** Writes numbers in a byte order. Words are as wide as addresses. */
class Writer {
  readonly #is64: boolean;
  readonly #isBig: boolean;
  readonly #out: number[] = [];

  constructor(is64: boolean, isBig: boolean) {
    this.#is64 = is64;
    this.#isBig = isBig;
  }

  bytes(...parts: readonly (string | number)[]): this {
    for (const part of parts)
      this.#out.push(...(typeof part === "number" ? [part] : Buffer.from(part, "latin1")));
    return this;
  }

  uint16(value: number): this {
    return this.#number(value, 2);
  }

  uint32(value: number): this {
    return this.#number(value, 4);
  }

  word(value: number): this {
    return this.#number(value, this.#is64 ? 8 : 4);
  }

  finish(): Buffer {
    return Buffer.from(this.#out);
  }

  #number(value: number, width: number): this {
    const bytes = Array.from({ length: width }, (_, at) => Math.floor(value / 256 ** at) % 256);
    this.#out.push(...(this.#isBig ? bytes.reverse() : bytes));
    return this;
  }
}
