import { createHash } from "node:crypto";
import { Failure } from "../../src/failure.ts";
import { readTar } from "../../src/image/tar/tar.ts";
import type { GoListing, ListedMember } from "./go-tar.ts";

/** Lists a tar's members with our reader, up to the first failure. */
export async function listTar(
  bytes: Uint8Array,
  chunkSize = 4096,
): Promise<GoListing & { readonly code?: string }> {
  const members: ListedMember[] = [];
  try {
    for await (const { payload, pax, device, ...member } of readTar(chunksOf(bytes, chunkSize))) {
      const hash = createHash("sha256");
      if ("07S".includes(member.type)) for await (const chunk of payload) hash.update(chunk);
      members.push({ ...member, mode: member.mode & 0o7777, payload: hash.digest("hex") });
    }
    return { members, isRefused: false };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { members, isRefused: true, code: error.code };
  }
}

export async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
