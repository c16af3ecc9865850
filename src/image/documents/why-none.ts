import { Failure } from "../../failure.ts";
import type { Digest } from "../../oci/digest.ts";
import { limits } from "../limits.ts";
import { artifactOf, isAttachment } from "./artifact.ts";
import { type Descriptor, kindOfDocument, parseIndex, parseManifest } from "./manifest.ts";
import { isSchema1, kindOf } from "./media-type.ts";

/** Explains why there is no image under the roots of an index, based on the first root. */
export function whyNone(roots: readonly Descriptor[], documents: ReadonlyMap<Digest, Uint8Array>): Failure {
  let [descriptor] = roots;
  for (let depth = 0; descriptor !== undefined && depth <= limits.indexDepth; depth++) {
    const { digest, mediaType } = descriptor;
    const bytes = documents.get(digest);
    if (isSchema1(mediaType))
      return unsupported(
        "It is an image in Docker's schema 1, which engines no longer read. Build it again.",
      );
    if (isAttachment(descriptor)) return unsupported("It is an attestation, not a container image.");
    if (bytes === undefined)
      return kindOf(mediaType) === "unknown" ? noImage(mediaType) : missing("manifest", digest);
    const kind = kindOfDocument(bytes, mediaType);
    if (kind === "manifest") return whyNoImage(bytes, mediaType);
    if (kind !== "index") return noImage(mediaType);
    [descriptor] = parseIndex(bytes, mediaType || null);
  }
  return new Failure("image-not-found", "Its index lists no images.");
}

function whyNoImage(bytes: Uint8Array, mediaType: string): Failure {
  const manifest = parseManifest(bytes, mediaType || null);
  const artifact = artifactOf(manifest);
  return artifact === null
    ? missing("config", manifest.config.digest)
    : unsupported(`It is ${artifact}, not a container image.`);
}

function noImage(mediaType: string): Failure {
  return unsupported(`Its media type ${JSON.stringify(mediaType)} is not that of a container image.`);
}

function unsupported(what: string): Failure {
  return new Failure("image-unsupported", what);
}

function missing(what: string, digest: Digest): Failure {
  return new Failure(
    "blob-missing",
    `The image's ${what} ${digest} is missing. Save, export or pull the image again.`,
  );
}
