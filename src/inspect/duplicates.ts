import { visitingFiles } from "../image/filesystem/each-file.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../image/filesystem/node.ts";
import { type BytePath, displayPath } from "../image/path.ts";
import type { Work } from "../image/work.ts";
import { Largest } from "./largest.ts";

/** Files of the final root filesystem that very likely have the same content. Hard links are one file. */
export interface Duplicates {
  /** bytes that one copy of each content would save */
  readonly bytes: number;
  /** those that would save most, at most twenty */
  readonly largest: readonly DuplicateContent[];
}

export interface DuplicateContent {
  /** bytes of one copy */
  readonly size: number;
  readonly copies: number;
  /** bytes that one copy would save */
  readonly bytes: number;
  /** the first three in byte order */
  readonly paths: readonly { readonly path: string; readonly pathBase64?: string }[];
}

interface Content {
  readonly size: number;
  readonly crc32: number;
  readonly copies: number;
}

/**
 * Finds files of equal size and CRC-32. By chance, two files of different content agree in both once in four
 * billion pairs of equal size. On purpose they are easy to make, so nothing may be trusted for being a copy.
 */
export function* findingDuplicates(filesystem: Filesystem): Work<Duplicates> {
  const contents = yield* countingContents(filesystem);
  let bytes = 0;
  const largest = new Largest<Content>(maxListed, savedBy, (a, b) => a.size - b.size || a.crc32 - b.crc32);
  for (const content of contents) {
    bytes += savedBy(content);
    largest.add(content);
  }
  const paths = yield* findingPaths(filesystem, largest.items);
  return {
    bytes,
    largest: largest.items.map((content) => ({
      size: content.size,
      copies: content.copies,
      bytes: savedBy(content),
      paths: (paths.get(keyOf(content)) ?? []).map(displayPath),
    })),
  };
}

const maxListed = 20;
const maxPaths = 3;

/** Yields each content that several files have. */
function* countingContents(filesystem: Filesystem): Work<readonly Content[]> {
  const small: number[] = [];
  const large = new Map<string, Content>();
  yield* visitingFiles(filesystem, ({ size, crc32 }) => {
    if (size === 0) return;
    if (size < largeSize) {
      small.push(size * checksums + crc32);
      return;
    }
    const content = { size, crc32, copies: 0 };
    const { copies } = large.get(keyOf(content)) ?? content;
    large.set(keyOf(content), { ...content, copies: copies + 1 });
  });
  return [...repeated(Float64Array.from(small).sort()), ...large.values()].filter(({ copies }) => copies > 1);
}

/** Size and checksum of a smaller file fit into one number, and numbers are quick to sort. */
const largeSize = 2 ** 21;
const checksums = 2 ** 32;

function* repeated(sorted: Float64Array): Iterable<Content> {
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const value = sorted[from] ?? 0;
    while (sorted[to] === value) to++;
    if (to - from > 1)
      yield { size: Math.floor(value / checksums), crc32: value % checksums, copies: to - from };
  }
}

function* findingPaths(
  filesystem: Filesystem,
  contents: readonly Content[],
): Work<ReadonlyMap<string, readonly BytePath[]>> {
  const sizes = new Set(contents.map(({ size }) => size));
  const paths = new Map(contents.map((content) => [keyOf(content), [] as BytePath[]]));
  if (contents.length === 0) return paths;
  yield* visitingFiles(filesystem, (file) => {
    const first = sizes.has(file.size) ? paths.get(keyOf(file)) : undefined;
    if (first === undefined) return;
    first.push(file.path);
    first.sort();
    if (first.length > maxPaths) first.pop();
  });
  return paths;
}

function savedBy({ size, copies }: Content): number {
  return size * (copies - 1);
}

function keyOf({ size, crc32 }: Pick<FilesystemNode, "size" | "crc32">): string {
  return `${size} ${crc32}`;
}
