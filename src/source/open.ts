import { constants } from "node:fs";
import { type FileHandle, open, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import type { Readable } from "node:stream";
import { Failure } from "../failure.ts";
import { imageOf, readArchive } from "../image/archive.ts";
import type { Examine } from "../image/content.ts";
import type { Image } from "../image/image.ts";
import { readLayout } from "../image/layout.ts";
import type { ReadingStore } from "../image/reading-store.ts";
import type { ImageReference } from "./reference.ts";

export interface ReadFileOptions {
  /** `os/architecture[/variant]`; null: the only one there is, or this machine's */
  readonly platform?: string | null | undefined;
  readonly examine?: Examine | undefined;
  readonly store: ReadingStore;
  readonly signal?: AbortSignal | undefined;
}

/** A reference to something on disk. */
type FileReference = Extract<ImageReference, { readonly path: string }>;

/**
 * Reads an image from disk: an OCI image layout in a directory, or an archive; a bare path is told by what is there. Only
 * regular files are opened, and of a layout only what lies inside it.
 * @throws Failure image-not-found, and what readLayout, readArchive and imageOf throw
 */
export async function readImageFile(reference: ImageReference, options: ReadFileOptions): Promise<Image> {
  if (!("path" in reference)) throw new Error(`not an image on disk: ${reference.kind}`);
  try {
    return (await isLayout(reference))
      ? await readDirectory(reference, options)
      : await readArchiveFile(reference, options);
  } catch (error) {
    throw options.signal?.aborted
      ? new Failure("cancelled", "The run was cancelled.", { cause: error })
      : error;
  }
}

async function isLayout(reference: FileReference): Promise<boolean> {
  const { kind, path } = reference;
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw notReadable(path, error);
    },
  );
  if (kind === "oci-dir" && !isDirectory)
    throw notFound(path, "is no directory; for a tar write oci-archive:");
  if (kind.endsWith("-archive") && isDirectory)
    throw notFound(path, "is a directory; for an OCI image layout write oci-dir:");
  return isDirectory;
}

async function readDirectory(reference: FileReference, options: ReadFileOptions): Promise<Image> {
  const root = await realpath(reference.path);
  return await readLayout((path) => openInside(root, path, options.signal), {
    ...wanted(options),
    tag: reference.kind === "oci-dir" ? (reference.tag ?? undefined) : undefined,
    examine: options.examine,
    store: options.store,
  });
}

async function readArchiveFile({ path }: FileReference, options: ReadFileOptions): Promise<Image> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw notReadable(path, error);
  });
  await sizeOf(handle, path);
  const archive = await readArchive(streamOf(handle, options.signal), options);
  return imageOf(archive, wanted(options));
}

/**
 * Opens a file of a layout that a stranger may have made: a link, as the file or as a directory on the way to it, could lead to any
 * file of this machine, and a fifo would never end.
 */
async function openInside(root: string, path: string, signal: AbortSignal | undefined): Promise<Readable> {
  const directory = await realpath(join(root, dirname(path)));
  if (directory !== root && !directory.startsWith(root.endsWith(sep) ? root : root + sep))
    throw leadsOutside(path);
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(join(directory, basename(path)), flags).catch((error: unknown) => {
    throw hasCode(error, "ELOOP") ? leadsOutside(path) : error;
  });
  // A blob is never empty: such a file holds the place of one that its writer was told is known.
  if ((await sizeOf(handle, path)) === 0 && path.startsWith("blobs/")) {
    await handle.close();
    throw Object.assign(new Error(`${path} is empty`), { code: "ENOENT" });
  }
  return streamOf(handle, signal);
}

/** @returns bytes @throws Failure image-invalid, after which the file is closed */
async function sizeOf(handle: FileHandle, path: string): Promise<number> {
  const found = await handle.stat();
  if (found.isFile()) return found.size;
  await handle.close();
  throw new Failure("image-invalid", `${path} is no regular file, so it is not read.`);
}

function streamOf(handle: FileHandle, signal: AbortSignal | undefined): Readable {
  return handle.createReadStream({ highWaterMark: 1024 * 1024, ...(signal === undefined ? {} : { signal }) });
}

function wanted({ platform }: ReadFileOptions) {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  return { platform: platform ?? undefined, defaultPlatform: `linux/${architecture}` };
}

function leadsOutside(path: string): Failure {
  return new Failure(
    "image-invalid",
    `The layout's ${path} is a symbolic link, which is not followed; copy the file there.`,
  );
}

function notReadable(path: string, error: unknown): unknown {
  if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return notFound(path, "does not exist");
  if (hasCode(error, "EACCES")) return notFound(path, "cannot be read by this user");
  return error;
}

function notFound(path: string, why: string): Failure {
  return new Failure(
    "image-not-found",
    `${path} ${why}. A path starts with ./ or /; everything else names an image.`,
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
