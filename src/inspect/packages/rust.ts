import type { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";
import * as v from "valibot";
import { parseJson } from "../../image/documents/json.ts";
import { bytesOf } from "../bytes.ts";
import type { Facts } from "../examiner.ts";
import { loadsOf } from "../programs/elf-ranges.ts";
import type { Range } from "../programs/kept-ranges.ts";
import type { ElfProgram, ElfSource, KeptProgram } from "./elf-source.ts";
import { PackageList } from "./package-list.ts";

/**
 * The crates in Rust programs that were built with cargo-auditable, as its section `.dep-v0` lists them
 * (cargo-auditable, PARSING.md). Other Rust programs do not say what is in them.
 */
export const rust: ElfSource = { rangesOf, factsOf };

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

function rangesOf({ header, segments }: ElfProgram): readonly Range[] {
  const { offset } = header.sectionHeaders;
  const end = Math.max(0, ...loadsOf(segments ?? []).map((load) => load.offset + load.size));
  return [
    { start: end, end: end + afterLoads },
    { start: Math.max(end, offset - beforeHeaders), end: offset },
  ];
}

function factsOf({ kept, findSection }: KeptProgram): Facts | null {
  const section = findSection(".dep-v0");
  if (section === null) return null;
  const bytes = kept.from(section.offset, Math.min(section.size, maxSection));
  const list = new PackageList("cargo");
  if (bytes.length < section.size) list.miss("has a list of its crates that is too far into the file");
  else addCrates(list, bytes);
  return list.facts();
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
