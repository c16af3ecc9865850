import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ReadingStore } from "../../image/readings/reading-store.ts";
import { blobPath } from "../../oci/digest.ts";

/**
 * Plants an empty file in an OCI layout for every blob that the store knows. What writes layouts for BuildKit takes a blob that
 * has a file for written (containerd plugins/content/local, Writer), so that a build writes only what nobody has read. A blob
 * is never empty: who reads the layout takes such a file for none.
 * @param directory of the layout, which may have blobs already
 * @returns how many were planted
 */
export async function presetBlobs(directory: string, store: Pick<ReadingStore, "blobs">): Promise<number> {
  await mkdir(blobsOf(directory), { recursive: true });
  let planted = 0;
  for (const { digest } of store.blobs()) {
    if (planted === mostPlanted) break;
    const file = await open(join(directory, blobPath(digest)), "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return null;
      throw error;
    });
    await file?.close();
    if (file !== null) planted++;
  }
  return planted;
}

/** Removes what was planted, so that the next build writes it. @returns how many were removed */
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

/** Makes files for a second at most; who has read more layers than that has not all of them in one image. */
const mostPlanted = 10_000;

function blobsOf(directory: string): string {
  return join(directory, "blobs", "sha256");
}
