import type { IncomingMessage } from "node:http";
import { Failure } from "../../failure.ts";
import { type Descriptor, parseIndex, parseManifest } from "../../image/documents/manifest.ts";
import { kindOf } from "../../image/documents/media-type.ts";
import { collect } from "../../image/layout/documents.ts";
import { limits } from "../../image/limits.ts";
import { type Digest, digestOf, isDigest } from "../../oci/digest.ts";

/** A manifest or index as the engine pushed it. */
interface PushedManifest {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** The manifests and indexes of one push: any number by digest, and one by tag. */
export class PushedManifests {
  readonly #tag: string;
  readonly #byDigest = new Map<Digest, PushedManifest>();
  #tagged: PushedManifest | null = null;

  constructor(tag: string) {
    this.#tag = tag;
  }

  /** What the tag points to; null until it is pushed. */
  get root(): Descriptor | null {
    if (this.#tagged === null) return null;
    const { mediaType, digest, bytes } = this.#tagged;
    return {
      mediaType,
      digest,
      size: bytes.length,
      annotations: new Map(),
      platform: null,
    };
  }

  get documents(): ReadonlyMap<Digest, Uint8Array> {
    return new Map([...this.#byDigest].map(([digest, { bytes }]) => [digest, bytes]));
  }

  /** Finds a manifest by tag or digest; null if it was not pushed. */
  find(name: string): PushedManifest | null {
    if (name === this.#tag) return this.#tagged;
    return (isDigest(name) && this.#byDigest.get(name)) || null;
  }

  /**
   * Reads a manifest from a request's body. Returns null if the name is neither the tag nor a digest.
   * @throws Failure digest-mismatch, image-invalid, limit-exceeded
   */
  async take(name: string, request: IncomingMessage): Promise<PushedManifest | null> {
    const isTag = name === this.#tag;
    if (!isTag && !isDigest(name)) return null;
    const mediaType = request.headers["content-type"]?.split(";")[0]?.trim() ?? "";
    const bytes = await collect(request, limits.manifest);
    const manifest = { digest: digestOf(bytes), bytes, mediaType };
    if (!isTag && manifest.digest !== name) throw mismatch(name, manifest.digest);
    checkManifest(manifest);
    if (isTag && this.#tagged !== null && this.#tagged.digest !== manifest.digest) throw secondImage();
    if (!this.#byDigest.has(manifest.digest)) this.#keep(manifest);
    if (isTag) this.#tagged = manifest;
    return manifest;
  }

  #keep(manifest: PushedManifest): void {
    this.#byDigest.set(manifest.digest, manifest);
    let size = 0;
    for (const { bytes } of this.#byDigest.values()) size += bytes.length;
    if (size > limits.archiveMembers || this.#byDigest.size > 2 * limits.indexedManifests) {
      this.#byDigest.delete(manifest.digest);
      throw new Failure("limit-exceeded", "More manifests were pushed than any honest image has.");
    }
  }
}

function checkManifest({ bytes, mediaType }: PushedManifest): void {
  const kind = kindOf(mediaType);
  if (kind === "index") parseIndex(bytes, mediaType);
  else if (kind === "manifest") parseManifest(bytes, mediaType);
  else throw new Failure("image-invalid", "The engine pushed a manifest whose media type no image has.");
}

function mismatch(claimed: string, actual: Digest): Failure {
  return new Failure(
    "digest-mismatch",
    `The engine pushed a manifest as ${claimed}, but its digest is ${actual}. Run again.`,
  );
}

function secondImage(): Failure {
  return new Failure("digest-mismatch", "Two images were pushed, but only one was expected. Run again.");
}
