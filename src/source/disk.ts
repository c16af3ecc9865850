import { Buffer } from "node:buffer";
import { constants } from "node:fs";
import { type FileHandle, open, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import type { Readable } from "node:stream";
import { Failure, throwIfCancelled } from "../failure.ts";
import { imageOf, readArchive } from "../image/archive/archive.ts";
import type { Image } from "../image/image.ts";
import { readLayout } from "../image/layout/layout.ts";
import type { ReadOptions } from "../image/readings/read-options.ts";
import { digestAt, isOfNothing } from "../oci/digest.ts";
import { fileFailure, isAbsent, isSystemError } from "../process/system-error.ts";
import { locate } from "./locate.ts";
import type { FileReference, ImageReference, Place } from "./reference.ts";
import { namedPipe, standardInput } from "./stream.ts";

export interface ReadFileOptions extends ReadOptions {
  /** `os/architecture[/variant]`; null for the only one, or this machine's */
  readonly platform?: string | null | undefined;
}

/**
 * Reads an image from disk or from standard input: an OCI image layout in a directory, or an archive. A bare
 * path may be either. Opens only regular files and named pipes, and in a layout only regular files inside it.
 * @throws Failure image-not-found, file-failed, and what readLayout, readArchive and imageOf throw
 */
export async function readImageFile(reference: ImageReference, options: ReadFileOptions): Promise<Image> {
  if (!("path" in reference)) throw new Error(`not an image on disk: ${reference.kind}`);
  const place = await locate(reference);
  try {
    if (reference.kind === "stdin")
      return await readArchiveAt(place, "docker-archive", options, standardInput);
    const found = await stat(place.path);
    checkKind(reference, place, found.isDirectory());
    if (found.isDirectory()) return await readDirectory(place, options);
    // Others are not even opened: opening a device may have effects.
    if (!found.isFile() && !found.isFIFO()) throw notRegular(place.path);
    const open = found.isFIFO() ? openPipe(place.path) : openFile(place.path);
    return await readArchiveAt(place, reference.kind, options, open);
  } catch (error) {
    if (options.signal?.aborted) throw new Failure("cancelled", "The run was cancelled.", { cause: error });
    throw notReadable(place.path, error);
  }
}

function checkKind({ kind }: FileReference, { path }: Place, isDirectory: boolean): void {
  if (kind === "oci-dir" && !isDirectory)
    throw notFound(`${path} is not a directory; for a tar write oci-archive:.`);
  if (kind.endsWith("-archive") && isDirectory)
    throw notFound(`${path} is a directory; for an OCI image layout write oci-dir:.`);
}

async function readDirectory({ path, name }: Place, options: ReadFileOptions): Promise<Image> {
  const root = await realpath(path);
  return await readLayout((inside) => openInside({ root, written: path }, inside, options.signal), {
    ...options,
    ...wanted(options),
    name: name ?? undefined,
    asWritten: (known) => `oci-dir:${path}:${known}`,
  });
}

/** The bytes of an archive. A chunk is valid only until the next one is requested. */
interface Bytes extends AsyncIterable<Uint8Array> {
  /** closes what the bytes are read from; without effect at the end */
  destroy(): void;
}

type Open = (signal: AbortSignal | undefined) => Bytes | Promise<Bytes>;

async function readArchiveAt(
  { path, name }: Place,
  kind: FileReference["kind"],
  options: ReadFileOptions,
  open: Open,
): Promise<Image> {
  const stream = await open(options.signal);
  try {
    const archive = await readArchive(stream, options);
    const scheme =
      kind !== "path" ? kind : archive.members.has("manifest.json") ? "docker-archive" : "oci-archive";
    const asWritten = (known: string) => `${scheme}:${path}:${known}`;
    return imageOf(archive, { ...wanted(options), name: name ?? undefined, asWritten });
  } finally {
    stream.destroy();
  }
}

function openPipe(path: string): Open {
  return (signal) => namedPipe(path, signal);
}

function openFile(path: string): Open {
  return async (signal) => {
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    await sizeOf(handle, path);
    const chunks = chunksOf(handle, signal);
    return { [Symbol.asyncIterator]: () => chunks, destroy: () => void handle.close().catch(() => {}) };
  };
}

/**
 * Reads a file into one buffer. With a new buffer for each chunk, the garbage collector takes longer than reading.
 */
async function* chunksOf(
  handle: FileHandle,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
  const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
  for (;;) {
    throwIfCancelled(signal);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * Opens a file of an untrusted layout. A link, as the file or as one of its directories, could lead to any
 * file of this machine, and a fifo would never end.
 */
async function openInside(
  { root, written }: { readonly root: string; readonly written: string },
  path: string,
  signal: AbortSignal | undefined,
): Promise<Readable> {
  try {
    const directory = await realpath(join(root, dirname(path)));
    if (directory !== root && !directory.startsWith(root.endsWith(sep) ? root : root + sep))
      throw leadsOutside(path);
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const handle = await open(join(directory, basename(path)), flags).catch((error: unknown) => {
      throw isSystemError(error) && error.code === "ELOOP" ? leadsOutside(path) : error;
    });
    const digest = digestAt(path);
    // An empty file stands for a known blob, which its writer did not have to write.
    if ((await sizeOf(handle, path)) === 0 && digest !== null && !isOfNothing(digest)) {
      await handle.close();
      throw Object.assign(new Error(`${path} is empty`), { code: "ENOENT" });
    }
    return streamOf(handle, signal);
  } catch (error) {
    // The reader decides about an absent file: it may belong to another platform.
    throw isSystemError(error) && error.code === "ENOENT" ? error : fileFailure(error, join(written, path));
  }
}

/**
 * Returns the size of a regular file.
 * @returns bytes
 * @throws Failure image-invalid, after which the file is closed
 */
async function sizeOf(handle: FileHandle, path: string): Promise<number> {
  const found = await handle.stat();
  if (found.isFile()) return found.size;
  await handle.close();
  throw notRegular(path);
}

function streamOf(handle: FileHandle, signal: AbortSignal | undefined): Readable {
  return handle.createReadStream({ highWaterMark: 1024 * 1024, ...(signal === undefined ? {} : { signal }) });
}

function wanted({ platform }: ReadFileOptions) {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  return { platform: platform ?? undefined, defaultPlatform: `linux/${architecture}` };
}

function notRegular(path: string): Failure {
  return new Failure("image-invalid", `${path} is not a regular file, so it is not read.`);
}

function leadsOutside(path: string): Failure {
  return new Failure(
    "image-invalid",
    `The layout's ${path} is a symbolic link, which is not followed; copy the file there.`,
  );
}

function notReadable(path: string, error: unknown): unknown {
  const failure = fileFailure(error, path === "-" ? "Standard input" : path);
  return isAbsent(error) && failure instanceof Failure
    ? notFound(`${failure.message} Name an existing archive or OCI image layout.`, error)
    : failure;
}

function notFound(what: string, cause?: unknown): Failure {
  return new Failure("image-not-found", what, { cause });
}
