import { dirname } from "node:path/posix";
import { endOfArchive, tarHeader } from "../__tests__/helpers/tar.ts";
import type { PlannedFile } from "./image-plan.ts";

/** What goes into a tar whose members are made while it is written. */
export interface Member {
  readonly path: string;
  readonly mode: number;
  /** bytes */
  readonly size: number;
  readonly content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** A layer: its files in the order of their paths, each directory before what is in it. */
export function* layerMembers(
  files: readonly PlannedFile[],
  content: (file: PlannedFile) => Iterable<Uint8Array>,
): Generator<Member> {
  const made = new Set(["."]);
  for (const file of files.toSorted((one, other) => (one.path < other.path ? -1 : 1))) {
    for (const path of parents(file.path).filter((parent) => !made.has(parent))) {
      made.add(path);
      yield { path: `${path}/`, mode: 0o755, size: 0, content: [] };
    }
    const isExecutable = file.kind === "program" || file.kind === "script";
    yield { path: file.path, mode: isExecutable ? 0o755 : 0o644, size: file.size, content: content(file) };
  }
}

/** The bytes of an archive. A path that ends in a slash is a directory. */
export async function* tarBytes(members: Iterable<Member>): AsyncGenerator<Uint8Array> {
  for (const { path, mode, size, content } of members) {
    yield tarHeader({ path, mode, claimedSize: size, type: path.endsWith("/") ? "5" : "0" });
    yield* content;
    yield Buffer.alloc((512 - (size % 512)) % 512);
  }
  yield endOfArchive;
}

/** The directories above a path, the highest first. */
function parents(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === "." ? [] : [...parents(parent), parent];
}
