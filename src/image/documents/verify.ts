import { Failure } from "../../failure.ts";
import type { Digest } from "../../oci/digest.ts";
import type { Descriptor } from "./manifest.ts";

/**
 * Checks a blob against its descriptor. If the descriptor has no size, checks only the digest.
 * @throws Failure digest-mismatch
 */
export function verifyBlob(
  descriptor: Pick<Descriptor, "digest" | "size">,
  blob: { readonly digest: Digest; readonly size: number },
): void {
  if (descriptor.size !== 0 && blob.size !== descriptor.size) {
    throw mismatch(descriptor, `is ${blob.size} bytes long, but its descriptor says ${descriptor.size}`);
  }
  if (blob.digest !== descriptor.digest) throw mismatch(descriptor, `has the digest ${blob.digest}`);
}

function mismatch({ digest }: Pick<Descriptor, "digest">, problem: string): Failure {
  return new Failure(
    "digest-mismatch",
    `The blob ${digest} is damaged: it ${problem}. Build, save or pull the image again.`,
  );
}
