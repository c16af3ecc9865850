import { Buffer } from "node:buffer";
import fc from "fast-check";
import type { ElfFacts } from "../../src/image/layer/content.ts";
import { ElfReader } from "../../src/inspect/programs/elf-facts.ts";
import type { ElfFileFacts, ElfFileLayout } from "./elf.ts";

/** Reads the facts of a file in chunks of a size. */
export function factsOf(bytes: Buffer, { path = "usr/lib/x.so", chunk = 65_536 } = {}): ElfFacts | undefined {
  const reader = new ElfReader({ path, size: bytes.length });
  for (let at = 0; at < bytes.length; at += chunk) reader.update(bytes.subarray(at, at + chunk));
  return reader.finish();
}

const name = fc.string({
  unit: fc.integer({ min: 1, max: 255 }).map((byte) => String.fromCharCode(byte)),
  maxLength: 20,
});
const names = fc.array(name, { minLength: 1, maxLength: 5 });
const version = fc.record(
  { name, isWeak: fc.constant(true as const) },
  { requiredKeys: ["name"], noNullPrototype: true },
);
const versionNeeds = fc.array(
  fc.record(
    { library: name, versions: fc.array(version, { minLength: 1, maxLength: 4 }) },
    { noNullPrototype: true },
  ),
  { minLength: 1, maxLength: 4 },
);

/** Arbitrary facts that a file can have: no list is empty, no string has a NUL. */
export const anyFileFacts: fc.Arbitrary<
  ElfFileFacts & Pick<ElfFacts, "class" | "byteOrder" | "machine" | "type">
> = fc.record(
  {
    class: fc.constantFrom(32, 64),
    byteOrder: fc.constantFrom("little", "big"),
    machine: fc.integer({ min: 0, max: 0xffff }),
    type: fc.constantFrom(2, 3),
    interpreter: name.filter((text) => text !== ""),
    dynamic: fc.record(
      {
        needed: names,
        soname: name,
        rpath: name,
        runpath: name,
        hasNoDefaultLibraries: fc.constant(true as const),
        isPie: fc.constant(true as const),
        versionNeeds,
        versionDefinitions: names,
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { requiredKeys: ["class", "byteOrder", "machine", "type"], noNullPrototype: true },
);

export const anyFileLayout: fc.Arbitrary<ElfFileLayout> = fc.record(
  {
    tables: fc.constantFrom("begin", "constants", "end"),
    isOneSegment: fc.boolean(),
    programHeaders: fc.constantFrom("begin", "end"),
    sectionHeaders: fc.constantFrom("begin", "end", "none"),
    text: fc.integer({ min: 0, max: 3000 }),
    constants: fc.integer({ min: 0, max: 3000 }),
    data: fc.integer({ min: 0, max: 3000 }),
    otherStrings: fc.integer({ min: 0, max: 3000 }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

interface Mutation {
  /** position from 0, the beginning, to 1, the end; most headers are at the beginning */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** Malicious bytes: numbers that are too large or point to wrong places. */
export const anyMutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    at: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.3, noNaN: true })),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc.constantFrom(new Uint8Array(8).fill(0xff), new Uint8Array(8), Uint8Array.of(0xff, 0xff, 0xff, 0x7f)),
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

/** Returns a copy with the mutations, truncated to `length`, a share from 0 to 1. */
export function mutated(bytes: Buffer, mutations: readonly Mutation[], length: number): Buffer {
  const copy = bytes.subarray(0, Math.ceil(bytes.length * length));
  const changed = Buffer.from(copy);
  // Keep magic, class, byte order and type: otherwise it is not a program, and nothing is read.
  for (const { at, bytes } of mutations)
    changed.set(bytes.subarray(0, room(changed, at)), place(changed, at));
  copy.copy(changed, 0, 0, 18);
  return changed;
}

function place(bytes: Buffer, at: number): number {
  return Math.floor(at * Math.max(0, bytes.length - 1));
}

function room(bytes: Buffer, at: number): number {
  return bytes.length - place(bytes, at);
}
