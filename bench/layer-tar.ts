import { dirname } from "node:path/posix";
import { endOfArchive, tarHeader } from "../__tests__/helpers/tar.ts";
import type { PlannedFile } from "./image-plan.ts";

/** A member of a tar, with content that is generated while the tar is written. */
export interface Member {
  readonly path: string;
  readonly mode: number;
  /** bytes */
  readonly size: number;
  readonly content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Yields the members of a layer: files sorted by path, and each directory before its contents. */
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

/** Yields the bytes of an archive. A path that ends in a slash is a directory. */
export async function* tarBytes(members: Iterable<Member>): AsyncGenerator<Uint8Array> {
  for (const { path, mode, size, content } of members) {
    yield tarHeader({ path, mode, claimedSize: size, type: path.endsWith("/") ? "5" : "0" });
    yield* content;
    yield Buffer.alloc((512 - (size % 512)) % 512);
  }
  yield endOfArchive;
}

/** Returns the parent directories of a path, the topmost first. */
function parents(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === "." ? [] : [...parents(parent), parent];
}
