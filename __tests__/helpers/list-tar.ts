import { createHash } from "node:crypto";
import { Failure } from "../../src/failure.ts";
import { readTar } from "../../src/image/tar/tar.ts";
import type { GoListing, ListedMember } from "./go-tar.ts";

/**
 * Lists a tar's members with our reader, up to the first failure.
 * @throws Error if the reader accepts the tar without accounting for each of its bytes
 */
export async function listTar(
  bytes: Uint8Array,
  chunkSize = 4096,
): Promise<GoListing & { readonly code?: string }> {
  const members: ListedMember[] = [];
  const overhead = { headers: 0, padding: 0 };
  let content = 0;
  try {
    const all = readTar(chunksOf(bytes, chunkSize), { overhead });
    for await (const { payload, pax, device, stored, ...member } of all) {
      content += stored;
      const hash = createHash("sha256");
      if ("07S".includes(member.type)) for await (const chunk of payload) hash.update(chunk);
      members.push({ ...member, mode: member.mode & 0o7777, payload: hash.digest("hex") });
    }
    const counted = overhead.headers + content + overhead.padding;
    if (counted !== bytes.length) throw new Error(`counted ${counted} of ${bytes.length} bytes`);
    return { members, isRefused: false };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { members, isRefused: true, code: error.code };
  }
}

export async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
