import { Failure } from "../../failure.ts";
import { algorithmOf, type Digest, digestAt } from "../../oci/digest.ts";
import { type ReadBlob, readBlob } from "../layer/blob.ts";
import type { BytePath } from "../path.ts";
import { cleanPath, parentOf } from "../path.ts";
import type { ReadOptions } from "../readings/read-options.ts";
import type { TarMember } from "../tar/tar.ts";

/** One member of an archive of images, by what its first bytes say that it is. */
export type ArchiveMember =
  | ReadBlob
  | { readonly kind: "link"; readonly target: BytePath }
  /** unreadable or damaged: a failure for who needs it, and of no matter to others */
  | { readonly kind: "failed"; readonly failure: Failure };

/**
 * Reads a member at once, since it passes but once. Null: a directory or the like, of no matter.
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
  // A reading of another run may lack what this one asks for.
  const isEnough = !needsPullSize || known?.gzipSize !== undefined || known?.diffId !== claimed;
  if (claimed !== null && known !== undefined && isEnough) {
    return { kind: "layer", reading: known, digest: claimed, size: member.size };
  }
  try {
    const algorithm = claimed === null ? undefined : algorithmOf(claimed);
    const read = await readBlob(member.payload, { examine, needsPullSize, algorithm });
    if (claimed !== null && read.digest !== claimed) throw mismatch(claimed, read.digest);
    if (read.kind === "layer") store.keep(read.reading, read);
    return read;
  } catch (error) {
    // A stream that breaks off breaks the archive; a member that is damaged concerns only who needs it.
    if (!(error instanceof Failure)) throw error;
    return { kind: "failed", failure: error };
  }
}

function mismatch(claimed: Digest, actual: Digest): Failure {
  return new Failure(
    "digest-mismatch",
    `The archive's blob ${claimed} has the digest ${actual}; save the image again.`,
  );
}
