import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Failure } from "../failure.ts";
import { type Digest, digestOf, isDigest } from "../image/digest.ts";
import type { LayerOptions } from "../image/layer.ts";
import { collect } from "../image/layout-documents.ts";
import { limits } from "../image/limits.ts";
import { type Descriptor, parseIndex, parseManifest } from "../image/manifest.ts";
import { kindOf } from "../image/media-type.ts";
import type { ReadingStore } from "../image/reading-store.ts";
import type { Received } from "./receive-image.ts";
import { type ReceivedBlob, Upload } from "./receive-upload.ts";

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  /** left out of what answers HEAD */
  readonly body?: Uint8Array;
}

export interface RegistryOptions extends LayerOptions {
  readonly store: ReadingStore;
  /** the repository's path, and the one tag that it takes */
  readonly repository: string;
  readonly tag: string;
}

/**
 * One repository that takes one push: as much of OCI's distribution-spec ("Push") as `docker push` and BuildKit speak. It says that
 * it has every blob whose reading the store knows, and so is sent only the others.
 */
export class Registry {
  readonly #options: RegistryOptions;
  readonly #root: string;
  readonly #uploads = new Map<string, Upload>();
  readonly #blobs = new Map<Digest, ReceivedBlob>();
  readonly #manifests = new Map<Digest, { readonly bytes: Uint8Array; readonly mediaType: string }>();
  #tagged: Descriptor | null = null;
  #kept = 0;
  #size = 0;

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#root = `/v2/${options.repository}/`;
  }

  /** What was pushed; null as long as the tag was not. */
  get received(): Received | null {
    if (this.#tagged === null) return null;
    const manifests = new Map([...this.#manifests].map(([digest, { bytes }]) => [digest, bytes]));
    return { root: this.#tagged, manifests, blobs: this.#blobs };
  }

  /** Bytes of the blobs that came. */
  get size(): number {
    return this.#size;
  }

  /**
   * Null: no one who was told the repository's path asks this.
   * @throws Failure for what is refused; and the request's own errors where it breaks off
   */
  async answer(request: IncomingMessage): Promise<Answer | null> {
    const { method, url = "" } = request;
    const [path = "", query] = url.split("?", 2);
    if (path === "/v2/")
      return { status: 200, headers: { "Docker-Distribution-Api-Version": "registry/2.0" } };
    if (!path.startsWith(this.#root)) return null;
    const [kind, name = "", ...more] = path.slice(this.#root.length).split("/");
    const parameters = new URLSearchParams(query);
    if (kind === "blobs" && name === "uploads" && more.length === 1) {
      if (method === "POST" && more[0] === "") return this.#begin(request, parameters);
      if (method === "PATCH") return this.#continue(more[0] ?? "", request);
      if (method === "PUT") return this.#end(more[0] ?? "", request, parameters.get("digest"));
    }
    if (kind === "blobs" && more.length === 0 && method === "HEAD") return this.#tellBlob(name);
    if (kind === "manifests" && more.length === 0) {
      // The engine asks for what it has just pushed where buildx has it push.
      if (method === "HEAD" || method === "GET") return this.#tellManifest(name);
      if (method === "PUT") return this.#takeManifest(name, request);
    }
    return null;
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    const uploads = [...this.#uploads.values()];
    this.#uploads.clear();
    await Promise.all(uploads.map((upload) => upload.abandon()));
  }

  #sizeOf(digest: string): number | undefined {
    if (!isDigest(digest)) return undefined;
    const blob = this.#blobs.get(digest);
    if (blob?.kind === "document") return blob.bytes.length;
    return blob?.kind === "layer" ? blob.size : this.#options.store.sizeOf(digest);
  }

  #tellBlob(digest: string): Answer {
    const size = this.#sizeOf(digest);
    if (size === undefined) return absent;
    return {
      status: 200,
      // The engine writes this length into the manifest that it makes.
      headers: {
        "Content-Length": size,
        "Content-Type": "application/octet-stream",
        "Docker-Content-Digest": digest,
      },
    };
  }

  #begin(request: IncomingMessage, parameters: URLSearchParams): Answer | Promise<Answer | null> {
    const mounted = parameters.get("mount");
    if (mounted !== null && this.#sizeOf(mounted) !== undefined) return this.#created(mounted);
    if (this.#uploads.size >= mostUploads) {
      throw new Failure("limit-exceeded", `Over ${mostUploads} blobs were pushed at once.`);
    }
    const id = randomBytes(16).toString("hex");
    this.#uploads.set(id, new Upload(this.#options));
    const digest = parameters.get("digest");
    return digest === null ? this.#accepted(id, 0) : this.#end(id, request, digest);
  }

  async #continue(id: string, request: IncomingMessage): Promise<Answer | null> {
    const upload = this.#uploads.get(id);
    if (upload === undefined) return null;
    await this.#add(id, upload, request);
    return this.#accepted(id, upload.size);
  }

  async #end(id: string, request: IncomingMessage, digest: string | null): Promise<Answer | null> {
    const upload = this.#uploads.get(id);
    if (upload === undefined) return null;
    await this.#add(id, upload, request);
    try {
      if (!isDigest(digest)) throw new Failure("image-invalid", "A blob was pushed without a sha256 digest.");
      this.#keep(digest, await upload.finish(digest));
      this.#size += upload.size;
      return this.#created(digest);
    } finally {
      await this.#drop(id, upload);
    }
  }

  async #add(id: string, upload: Upload, request: IncomingMessage): Promise<void> {
    try {
      const range = rangeOf(request);
      if (range !== null && range.first !== upload.size) throw misplaced();
      await upload.add(request);
      if (range !== null && range.last + 1 !== upload.size) throw misplaced();
    } catch (error) {
      await this.#drop(id, upload);
      throw error;
    }
  }

  async #drop(id: string, upload: Upload): Promise<void> {
    this.#uploads.delete(id);
    await upload.abandon();
  }

  #keep(digest: Digest, blob: ReceivedBlob): void {
    const known = this.#blobs.get(digest);
    if (known !== undefined && known.kind !== "failed") return;
    if (blob.kind === "document") this.#count(blob.bytes);
    if (blob.kind === "layer") this.#options.store.keep(blob.reading, blob);
    this.#blobs.set(digest, blob);
    if (this.#blobs.size > mostBlobs) throw tooMuch();
  }

  #tellManifest(name: string): Answer {
    const digest = name === this.#options.tag ? this.#tagged?.digest : name;
    const manifest = isDigest(digest) ? this.#manifests.get(digest) : undefined;
    if (manifest === undefined || digest === undefined) return absent;
    return {
      status: 200,
      headers: {
        "Content-Length": manifest.bytes.length,
        "Content-Type": manifest.mediaType,
        "Docker-Content-Digest": digest,
      },
      body: manifest.bytes,
    };
  }

  async #takeManifest(name: string, request: IncomingMessage): Promise<Answer | null> {
    const isTag = name === this.#options.tag;
    if (!isTag && !isDigest(name)) return null;
    const mediaType = request.headers["content-type"]?.split(";")[0]?.trim() ?? "";
    const bytes = await collect(request, limits.manifest);
    const digest = digestOf(bytes);
    if (!isTag && digest !== name) {
      throw new Failure(
        "digest-mismatch",
        `The engine pushed a manifest as ${name} that has the digest ${digest}.`,
      );
    }
    checkManifest(bytes, mediaType);
    if (isTag && this.#tagged !== null && this.#tagged.digest !== digest) {
      throw new Failure("digest-mismatch", "Two images were pushed where one was expected. Run again.");
    }
    if (!this.#manifests.has(digest)) this.#count(bytes);
    this.#manifests.set(digest, { bytes, mediaType });
    if (isTag) {
      const none = { annotations: new Map(), platform: null, artifactType: null };
      this.#tagged = { mediaType, digest, size: bytes.length, ...none };
    }
    return {
      status: 201,
      headers: { Location: `${this.#root}manifests/${digest}`, "Docker-Content-Digest": digest },
    };
  }

  #count(document: Uint8Array): void {
    this.#kept += document.length;
    if (this.#kept > limits.archiveMembers || this.#manifests.size > limits.indexedManifests) throw tooMuch();
  }

  #accepted(id: string, size: number): Answer {
    return {
      status: 202,
      headers: {
        Location: `${this.#root}blobs/uploads/${id}`,
        Range: `0-${Math.max(0, size - 1)}`,
        "Docker-Upload-UUID": id,
      },
    };
  }

  #created(digest: string): Answer {
    return {
      status: 201,
      headers: { Location: `${this.#root}blobs/${digest}`, "Docker-Content-Digest": digest },
    };
  }
}

const absent: Answer = { status: 404 };

/** Engines push about five blobs at once. */
const mostUploads = 32;
const mostBlobs = 10 * limits.layers;

/** Where a chunk says that it belongs (distribution-spec, "Pushing a blob in chunks"); null where it says nothing. */
function rangeOf({ headers }: IncomingMessage): { readonly first: number; readonly last: number } | null {
  const range = headers["content-range"];
  if (range === undefined) return null;
  const [, first, last] = /^(?:bytes )?(\d{1,15})-(\d{1,15})(?:\/\S+)?$/.exec(range) ?? [];
  return { first: Number(first), last: Number(last) };
}

function misplaced(): Failure {
  return new Failure(
    "archive-invalid",
    "A blob was pushed in chunks that do not follow one another. Run again.",
  );
}

function checkManifest(bytes: Uint8Array, mediaType: string): void {
  const kind = kindOf(mediaType);
  if (kind === "index") parseIndex(bytes, mediaType);
  else if (kind === "manifest") parseManifest(bytes, mediaType);
  else throw new Failure("image-invalid", "The engine pushed a manifest of a type that no image has.");
}

function tooMuch(): Failure {
  return new Failure("limit-exceeded", "More was pushed than any honest image has.");
}
