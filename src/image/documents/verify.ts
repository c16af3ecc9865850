import { Failure } from "../../failure.ts";
import type { Digest } from "../../oci/digest.ts";
import type { Descriptor } from "./manifest.ts";

/** A descriptor without a size leaves it to the digest. @throws Failure digest-mismatch where a blob is not what its descriptor says */
export function verifyBlob(
  descriptor: Pick<Descriptor, "digest" | "size">,
  blob: { readonly digest: Digest; readonly size: number },
): void {
  if (descriptor.size !== 0 && blob.size !== descriptor.size) {
    throw mismatch(descriptor, `is ${blob.size} bytes long, and its descriptor says ${descriptor.size}`);
  }
  if (blob.digest !== descriptor.digest) throw mismatch(descriptor, `has the digest ${blob.digest}`);
}

function mismatch({ digest }: Pick<Descriptor, "digest">, how: string): Failure {
  return new Failure(
    "digest-mismatch",
    `The blob ${digest} ${how}; it is damaged, so build, save or pull it again.`,
  );
}
