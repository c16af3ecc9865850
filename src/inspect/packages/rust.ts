import type { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";
import * as v from "valibot";
import { parseJson } from "../../image/documents/json.ts";
import type { Examination, Facts } from "../examiner.ts";
import { type ElfHeader, segmentsOf } from "../programs/elf-header.ts";
import { loadsOf, take } from "../programs/elf-ranges.ts";
import { KeptRanges, maxKept, type Range } from "../programs/kept-ranges.ts";
import { elfHeaderOf, sectionHeadersRange, sectionNamed } from "./elf-sections.ts";
import { bytesOf, PackageList } from "./package-list.ts";
import type { PackageSource } from "./source.ts";

/**
 * The crates in Rust programs that were built with cargo-auditable, as its section `.dep-v0` lists them
 * (cargo-auditable, PARSING.md). Other Rust programs do not say what is in them.
 */
export const rust: PackageSource = {
  type: "cargo",
  places: [],
  examine({ size }, head) {
    const header = elfHeaderOf(head);
    return header === null ? null : new RustReader(header, head, size);
  },
};

const MiB = 1024 ** 2;
/**
 * Bytes to keep after everything that is loaded, where linkers put the section, and before the section headers:
 * between the two are debugging information and symbols.
 */
const afterLoads = 4 * MiB;
const beforeHeaders = 8 * MiB;
/** Maximum bytes of the section, and of what it decompresses to: a hundred times those of a large program. */
const maxSection = MiB;
const maxText = 8 * MiB;

class RustReader implements Examination {
  readonly #header: ElfHeader;
  readonly #kept = new KeptRanges();

  constructor(header: ElfHeader, head: Buffer, size: number) {
    this.#header = header;
    this.#kept.add(take(rangesOf(header, head), { limit: maxKept, size, passed: 0 }));
  }

  update(chunk: Buffer): void {
    this.#kept.update(chunk, 0, chunk.length);
  }

  finish(): Facts | null {
    try {
      return this.#facts();
    } finally {
      this.#kept.release();
    }
  }

  #facts(): Facts | null {
    const section = sectionNamed(".dep-v0", this.#kept, this.#header);
    if (section === null) return null;
    const bytes = this.#kept.from(section.offset, Math.min(section.size, maxSection));
    const list = new PackageList("cargo");
    if (bytes.length < section.size) list.miss("has a list of its crates that is too far into the file");
    else addCrates(list, bytes);
    return list.facts();
  }
}

function rangesOf(header: ElfHeader, head: Buffer): readonly Range[] {
  const { programHeaders, sectionHeaders } = header;
  const { offset, entrySize, count } = programHeaders;
  const table = head.subarray(offset, offset + entrySize * count);
  const isKnown = entrySize >= 32 && table.length === entrySize * count;
  const loads = isKnown ? loadsOf(segmentsOf(table, header)) : [];
  const end = Math.max(0, ...loads.map((load) => load.offset + load.size));
  return [
    { start: 0, end: 64 },
    sectionHeadersRange(header),
    { start: end, end: end + afterLoads },
    { start: Math.max(end, sectionHeaders.offset - beforeHeaders), end: sectionHeaders.offset },
  ];
}

const schema = v.object({
  packages: v.array(
    v.object({
      name: v.string(),
      version: v.string(),
      /** "build" if the crate only ran during the build */
      kind: v.optional(v.string()),
    }),
  ),
});

function addCrates(list: PackageList, section: Buffer): void {
  const parsed = v.safeParse(schema, inflated(section));
  if (!parsed.success) {
    list.miss("has a list of its crates that is damaged or too large");
    return;
  }
  for (const { name, version, kind } of parsed.output.packages)
    if (kind !== "build") list.add(`${name} ${version}`, { name: bytesOf(name), version: bytesOf(version) });
}

function inflated(section: Buffer): unknown {
  try {
    return parseJson(inflateSync(section, { maxOutputLength: maxText }), "list of crates", maxText);
  } catch {
    return null;
  }
}
