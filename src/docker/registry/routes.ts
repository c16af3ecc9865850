import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Failure } from "../../failure.ts";
import { limits } from "../../image/limits.ts";
import type { ReadOptions } from "../../image/readings/read-options.ts";
import { type Digest, isDigest } from "../../oci/digest.ts";
import { PushedManifests } from "./manifests.ts";
import type { Received } from "./pushed-image.ts";
import { type Trust, Trusted } from "./trust.ts";
import { type ReceivedBlob, Upload } from "./upload.ts";

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  /** omitted by Node in responses to HEAD */
  readonly body?: Uint8Array;
}

export interface RegistryOptions extends ReadOptions {
  /** the repository's path; `tag` is the only tag that it accepts */
  readonly repository: string;
  readonly tag: string;
  readonly trust?: Trust | undefined;
}

/**
 * A repository that accepts one push. Implements the part of OCI's distribution-spec ("Push") that `docker
 * push` and BuildKit use. Claims to have every blob whose reading is in the store, so that only the others
 * are sent.
 */
export class Registry {
  readonly #options: RegistryOptions;
  readonly #root: string;
  readonly #uploads = new Map<string, Upload>();
  readonly #blobs = new Map<Digest, ReceivedBlob>();
  readonly #manifests: PushedManifests;
  readonly #trusted: Trusted | null;
  #documentBytes = 0;
  #size = 0;

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#root = `/v2/${options.repository}/`;
    this.#manifests = new PushedManifests(options.tag);
    this.#trusted = options.trust === undefined ? null : new Trusted(options.trust);
  }

  /** What was pushed; null until the tag is pushed. */
  get received(): Received | null {
    const { root, documents } = this.#manifests;
    if (root === null) return null;
    return { root, manifests: documents, blobs: this.#blobs, trusted: this.#trusted?.digests ?? new Set() };
  }

  /** Bytes of the blobs received. */
  get size(): number {
    return this.#size;
  }

  /**
   * Answers a request. Returns null for a request that no client with the repository's path would make.
   * @throws Failure for what is refused; the request's own error if it breaks off
   */
  async answer(request: IncomingMessage): Promise<Answer | null> {
    const { method, url = "" } = request;
    const [path = "", query] = url.split("?", 2);
    if (path === "/v2/")
      return { status: 200, headers: { "Docker-Distribution-Api-Version": "registry/2.0" } };
    if (!path.startsWith(this.#root)) return null;
    const [kind, name = "", ...rest] = path.slice(this.#root.length).split("/");
    const parameters = new URLSearchParams(query);
    if (kind === "blobs" && name === "uploads" && rest.length === 1) {
      const [id = ""] = rest;
      if (method === "POST" && id === "") return this.#begin(request, parameters);
      if (method === "PATCH") return this.#continue(id, request);
      if (method === "PUT") return this.#end(id, request, parameters.get("digest"));
    }
    if (kind === "blobs" && rest.length === 0 && method === "HEAD") return this.#headBlob(name);
    if (kind === "manifests" && rest.length === 0) {
      // When buildx makes the engine push, the engine requests the manifest that it has just pushed.
      if (method === "HEAD" || method === "GET") return this.#getManifest(name);
      if (method === "PUT") return this.#takeManifest(name, request);
    }
    return null;
  }

  /** Abandons all uploads in progress. */
  async close(): Promise<void> {
    const uploads = [...this.#uploads.values()];
    this.#uploads.clear();
    await Promise.all(uploads.map((upload) => upload.abandon()));
  }

  #headBlob(digest: string): Answer {
    const size =
      this.#sizeOf(digest) ?? (isDigest(digest) && this.#trusted?.takes(digest) ? unknownSize : undefined);
    // The engine writes this length into the manifest that it creates.
    return size === undefined
      ? absent
      : { status: 200, headers: described(digest, size, "application/octet-stream") };
  }

  #sizeOf(digest: string): number | undefined {
    if (!isDigest(digest)) return undefined;
    const blob = this.#blobs.get(digest);
    if (blob?.kind === "document") return blob.bytes.length;
    return blob?.kind === "layer" ? blob.size : this.#options.store.sizeOf(digest);
  }

  #begin(request: IncomingMessage, parameters: URLSearchParams): Answer | Promise<Answer | null> {
    const mounted = parameters.get("mount");
    if (mounted !== null && this.#sizeOf(mounted) !== undefined) return this.#created("blobs", mounted);
    this.#trusted?.countUpload();
    if (this.#uploads.size >= maxUploads) {
      throw new Failure("limit-exceeded", `More than ${maxUploads} blobs were pushed at once.`);
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
      return this.#created("blobs", digest);
    } finally {
      await this.#drop(id, upload);
    }
  }

  async #add(id: string, upload: Upload, request: IncomingMessage): Promise<void> {
    try {
      const range = rangeOf(request);
      if (range !== null && range.first !== upload.size) throw misplaced();
      await upload.add(request, (bytes) => this.#trusted?.countBytes(bytes));
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
    const existing = this.#blobs.get(digest);
    if (existing !== undefined && existing.kind !== "failed") return;
    const documentBytes = this.#documentBytes + (blob.kind === "document" ? blob.bytes.length : 0);
    if (documentBytes > limits.archiveMembers || this.#blobs.size >= maxBlobs) throw tooMuch();
    this.#documentBytes = documentBytes;
    if (blob.kind === "layer") this.#options.store.keep(blob.reading, blob);
    this.#blobs.set(digest, blob);
  }

  #getManifest(name: string): Answer {
    const manifest = this.#manifests.find(name);
    if (manifest === null) return absent;
    const { digest, bytes, mediaType } = manifest;
    return { status: 200, headers: described(digest, bytes.length, mediaType), body: bytes };
  }

  async #takeManifest(name: string, request: IncomingMessage): Promise<Answer | null> {
    const manifest = await this.#manifests.take(name, request);
    return manifest && this.#created("manifests", manifest.digest);
  }

  #accepted(id: string, size: number): Answer {
    const headers = { Location: `${this.#root}blobs/uploads/${id}`, Range: `0-${Math.max(0, size - 1)}` };
    return { status: 202, headers: { ...headers, "Docker-Upload-UUID": id } };
  }

  #created(kind: "blobs" | "manifests", digest: string): Answer {
    const headers = { Location: `${this.#root}${kind}/${digest}`, "Docker-Content-Digest": digest };
    return { status: 201, headers };
  }
}

/**
 * Never read. Go omits a size of 0 from a manifest (opencontainers/image-spec, specs-go/v1/descriptor.go).
 */
const unknownSize = 1;

const absent: Answer = { status: 404 };

/** Engines push about five blobs at once. */
const maxUploads = 32;
const maxBlobs = 10 * limits.layers;

function described(digest: string, size: number, mediaType: string) {
  return { "Content-Length": size, "Content-Type": mediaType, "Docker-Content-Digest": digest };
}

/** Parses a chunk's Content-Range (distribution-spec, "Pushing a blob in chunks"); null if there is none. */
function rangeOf({ headers }: IncomingMessage): { readonly first: number; readonly last: number } | null {
  const range = headers["content-range"];
  if (range === undefined) return null;
  const [, first, last] = /^(?:bytes )?(\d{1,15})-(\d{1,15})(?:\/\S+)?$/.exec(range) ?? [];
  return { first: Number(first), last: Number(last) };
}

function misplaced(): Failure {
  return new Failure("archive-invalid", "A blob was pushed in chunks that are out of order. Run again.");
}

function tooMuch(): Failure {
  return new Failure("limit-exceeded", "The push contains more than any honest image has.");
}
