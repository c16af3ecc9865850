import { Failure } from "../../failure.ts";
import { type Digest, digestAt } from "../../oci/digest.ts";
import { parseConfig } from "../documents/config.ts";
import { type Descriptor, parseIndex } from "../documents/manifest.ts";
import { limits } from "../limits.ts";
import { type BytePath, cleanPath } from "../path.ts";
import type { ArchiveMember } from "./member.ts";

/** The members of an archive by their clean names. `imageOf` assembles an image from them. */
export interface Archive {
  readonly members: ReadonlyMap<BytePath, ArchiveMember>;
}

/**
 * Returns the member at `path`, following links.
 * @throws Failure blob-missing, or the failure of reading the member
 */
export function memberAt(
  archive: Archive,
  path: string,
): Exclude<ArchiveMember, { kind: "link" | "failed" }> {
  let member = archive.members.get(cleanPath(path).path);
  for (let links = 0; member?.kind === "link" && links < limits.links; links++) {
    member = archive.members.get(member.target);
  }
  if (member?.kind === "failed") throw member.failure;
  if (member === undefined || member.kind === "link") {
    throw new Failure("blob-missing", `The archive lacks ${JSON.stringify(path)}. Save the image again.`);
  }
  return member;
}

export function configAt(archive: Archive, name: string) {
  const member = memberAt(archive, name);
  if (member.kind !== "document") throw misplaced(name, "an image config");
  return { config: parseConfig(member.bytes), digest: member.digest, size: member.bytes.length };
}

export function layerAt(archive: Archive, name: string) {
  const member = memberAt(archive, name);
  if (member.kind !== "layer") throw misplaced(name, "a layer");
  return member;
}

export function rootsOf(archive: Archive): readonly Descriptor[] {
  const index = documentAt(archive, "index.json");
  return index === null ? [] : parseIndex(index, null);
}

export function documentAt(archive: Archive, name: string): Uint8Array | null {
  if (!archive.members.has(name)) return null;
  const member = memberAt(archive, name);
  if (member.kind !== "document") throw misplaced(name, "JSON");
  return member.bytes;
}

/** Returns the documents that have their digest as their path. It was verified when they were read. */
export function documentsOf(archive: Archive): ReadonlyMap<Digest, Uint8Array> {
  const documents = new Map<Digest, Uint8Array>();
  for (const [path, member] of archive.members) {
    if (member.kind === "document" && digestAt(path) !== null) documents.set(member.digest, member.bytes);
  }
  return documents;
}

function misplaced(name: string, expected: string): Failure {
  return new Failure(
    "image-invalid",
    `The archive's ${JSON.stringify(name)} is not ${expected}. Save the image again.`,
  );
}
