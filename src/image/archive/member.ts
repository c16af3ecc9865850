import { Failure } from "../../failure.ts";
import { algorithmOf, type Digest, digestAt } from "../../oci/digest.ts";
import { type ReadBlob, readBlob } from "../layer/blob.ts";
import { type BytePath, cleanPath, parentOf } from "../path.ts";
import type { ReadOptions } from "../readings/read-options.ts";
import type { TarMember } from "../tar/tar.ts";

/** One member of an image archive. Its first bytes decide the kind. */
export type ArchiveMember =
  | ReadBlob
  | { readonly kind: "link"; readonly target: BytePath }
  /** unreadable or damaged, which matters only to an image that uses the member */
  | { readonly kind: "failed"; readonly failure: Failure };

/**
 * Reads a member now: the stream cannot be rewound. Returns null for directories and the like.
 * @param path clean
 */
export async function readMember(
  path: BytePath,
  member: TarMember,
  { store, examine, needsPullSize }: ReadOptions,
): Promise<ArchiveMember | null> {
  if (member.type === "2")
    return { kind: "link", target: cleanPath(`${parentOf(path)}/${member.linkTarget}`).path };
  if (member.type === "1") return { kind: "link", target: cleanPath(member.linkTarget).path };
  if (member.type !== "0") return null;
  const claimed = digestAt(path);
  const known = claimed === null ? undefined : store.find({ digest: claimed });
  // A reading from another run may lack the estimate that this run needs.
  const isComplete = !needsPullSize || known?.gzipSize !== undefined || known?.diffId !== claimed;
  if (claimed !== null && known !== undefined && isComplete) {
    return { kind: "layer", reading: known, digest: claimed, size: member.size };
  }
  try {
    const algorithm = claimed === null ? undefined : algorithmOf(claimed);
    const read = await readBlob(member.payload, { examine, needsPullSize, algorithm });
    if (claimed !== null && read.digest !== claimed) throw mismatch(claimed, read.digest);
    if (read.kind === "layer") store.keep(read.reading, read);
    return read;
  } catch (error) {
    // A stream error fails the whole archive. A damaged member matters only to an image that uses it.
    if (!(error instanceof Failure)) throw error;
    return { kind: "failed", failure: error };
  }
}

function mismatch(claimed: Digest, actual: Digest): Failure {
  return new Failure(
    "digest-mismatch",
    `The archive's blob ${claimed} has the digest ${actual}. Save the image again.`,
  );
}
