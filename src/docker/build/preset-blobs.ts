import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ReadingStore } from "../../image/readings/reading-store.ts";
import { blobPath } from "../../oci/digest.ts";

/**
 * Creates an empty file in an OCI layout for every blob in the store. BuildKit's layout writer skips a blob
 * that has a file (containerd plugins/content/local, Writer), so a build writes only blobs that have not been
 * read. A real blob is never empty: readers of the layout treat an empty file as missing.
 * @param directory of the layout, which may already contain blobs
 * @returns how many files were created
 */
export async function presetBlobs(directory: string, store: Pick<ReadingStore, "blobs">): Promise<number> {
  await mkdir(blobsOf(directory), { recursive: true });
  let created = 0;
  for (const { digest } of store.blobs()) {
    if (created === maxCreated) break;
    const file = await open(join(directory, blobPath(digest)), "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return null;
      throw error;
    });
    await file?.close();
    if (file !== null) created++;
  }
  return created;
}

/** Removes the empty files, so that the next build writes these blobs. @returns how many were removed */
export async function removePresetBlobs(directory: string): Promise<number> {
  let removed = 0;
  for (const name of await readdir(blobsOf(directory))) {
    const path = join(blobsOf(directory), name);
    if ((await stat(path)).size > 0) continue;
    await rm(path);
    removed++;
  }
  return removed;
}

/** Creating this many files takes at most a second. If more layers were read, no image uses all of them. */
const maxCreated = 10_000;

function blobsOf(directory: string): string {
  return join(directory, "blobs", "sha256");
}
