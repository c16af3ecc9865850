import { Failure } from "../../failure.ts";
import type { Digest } from "../../oci/digest.ts";
import { limits } from "../limits.ts";
import { artifactOf, isAttachment } from "./artifact.ts";
import { type Descriptor, kindOfDocument, parseIndex, parseManifest } from "./manifest.ts";
import { isSchema1, kindOf } from "./media-type.ts";

/** Why no image was found under the roots of an index, as the first of them shows. */
export function whyNone(roots: readonly Descriptor[], documents: ReadonlyMap<Digest, Uint8Array>): Failure {
  let [descriptor] = roots;
  for (let depth = 0; descriptor !== undefined && depth <= limits.indexDepth; depth++) {
    const { digest, mediaType } = descriptor;
    const bytes = documents.get(digest);
    if (isSchema1(mediaType))
      return unsupported(
        "It is an image of Docker's schema 1, which engines no longer read: build it again.",
      );
    if (isAttachment(descriptor)) return unsupported("It is an attestation, and no container image.");
    if (bytes === undefined)
      return kindOf(mediaType) === "unknown" ? noImage(mediaType) : missing("manifest", digest);
    const kind = kindOfDocument(bytes, mediaType);
    if (kind === "manifest") return whyNoImage(bytes, mediaType);
    if (kind !== "index") return noImage(mediaType);
    [descriptor] = parseIndex(bytes, mediaType || null);
  }
  return new Failure("image-not-found", "Its index lists no image.");
}

function whyNoImage(bytes: Uint8Array, mediaType: string): Failure {
  const manifest = parseManifest(bytes, mediaType || null);
  const artifact = artifactOf(manifest);
  return artifact === null
    ? missing("config", manifest.config.digest)
    : unsupported(`It is ${artifact}, and no container image.`);
}

function noImage(mediaType: string): Failure {
  return unsupported(`It is of the type ${JSON.stringify(mediaType)}, which no container image has.`);
}

function unsupported(what: string): Failure {
  return new Failure("image-unsupported", what);
}

function missing(what: string, digest: Digest): Failure {
  return new Failure(
    "blob-missing",
    `The image's ${what} ${digest} is not there; save, export or pull the image again.`,
  );
}
