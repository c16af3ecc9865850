import { Buffer } from "node:buffer";
import { Failure } from "../failure.ts";
import { compressionOf } from "./compression.ts";
import { type Digest, digestOf, isDigest } from "./digest.ts";
import { type LayerOptions, readLayer } from "./layer.ts";
import type { BytePath, LayerReading } from "./layer-reading.ts";
import { limits } from "./limits.ts";
import { cleanPath, parentOf } from "./path.ts";
import type { ReadingStore } from "./reading-store.ts";
import { looksLikeTar, type TarMember } from "./tar.ts";
import { blockSize } from "./tar-header.ts";

/** One member of an archive of images, by what its first bytes say that it is. */
export type ArchiveMember =
  | { readonly kind: "layer"; readonly reading: LayerReading; readonly digest: Digest; readonly size: number }
  | { readonly kind: "document"; readonly bytes: Uint8Array; readonly digest: Digest }
  | { readonly kind: "link"; readonly target: BytePath }
  /** unreadable or damaged: a failure for who needs it, and of no matter to others */
  | { readonly kind: "failed"; readonly failure: Failure };

export interface ReadOptions extends LayerOptions {
  readonly store: ReadingStore;
}

/**
 * Reads a member at once, since it passes but once. Null: a directory or the like, of no matter.
 * @param path clean
 */
export async function readMember(
  path: BytePath,
  member: TarMember,
  { store, ...options }: ReadOptions,
): Promise<ArchiveMember | null> {
  if (member.type === "2")
    return { kind: "link", target: cleanPath(`${parentOf(path)}/${member.linkTarget}`).path };
  if (member.type === "1") return { kind: "link", target: cleanPath(member.linkTarget).path };
  if (member.type !== "0") return null;
  const claimed = claimedDigest(path);
  const known = claimed === null ? undefined : store.find({ digest: claimed });
  if (claimed !== null && known !== undefined) {
    return { kind: "layer", reading: known, digest: claimed, size: member.size };
  }
  try {
    const read = await readPayload(member, options);
    if (claimed !== null && read.digest !== claimed) throw mismatch(claimed, read.digest);
    if (read.kind === "layer") store.keep(read.reading, read.digest);
    return read;
  } catch (error) {
    // A stream that breaks off breaks the archive; a member that is damaged concerns only who needs it.
    if (!(error instanceof Failure)) throw error;
    return { kind: "failed", failure: error };
  }
}

async function readPayload(member: TarMember, options: LayerOptions) {
  const { start, all } = await peek(member.payload);
  if (compressionOf(start) !== "none" || looksLikeTar(start)) {
    const { reading, blob } = await readLayer(all, options);
    return { kind: "layer", reading, ...blob } as const;
  }
  if (member.size > limits.archiveMember) throw tooMuch();
  const chunks: Uint8Array[] = [];
  for await (const chunk of all) chunks.push(chunk);
  // A copy: the chunks are views of the archive's, which must not be kept.
  const bytes = Buffer.concat(chunks);
  return { kind: "document", bytes, digest: digestOf(bytes) } as const;
}

/** The first block of a stream, or less where there is less, and the stream again as a whole. */
async function peek(bytes: AsyncIterable<Uint8Array>) {
  const chunks = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  for (let size = 0; size < blockSize; size += first.at(-1)?.length ?? 0) {
    const { value, done } = await chunks.next();
    if (done) break;
    first.push(value);
  }
  async function* all() {
    yield* first;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  return {
    start: Buffer.concat(first.map((chunk) => chunk.subarray(0, blockSize))).subarray(0, blockSize),
    all: all(),
  };
}

function claimedDigest(path: BytePath): Digest | null {
  const digest = path.replace(/^blobs\/sha256\//, "sha256:");
  return isDigest(digest) ? digest : null;
}

function mismatch(claimed: Digest, actual: Digest): Failure {
  return new Failure(
    "digest-mismatch",
    `The archive's blob ${claimed} has the digest ${actual}; save the image again.`,
  );
}

function tooMuch(): Failure {
  return new Failure("limit-exceeded", "The archive has a document that is larger than any honest image's.");
}
