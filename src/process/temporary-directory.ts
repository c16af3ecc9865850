import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryDirectory extends AsyncDisposable {
  /** absolute; only this user has access (0700) */
  readonly path: string;
}

/**
 * Creates a directory. Disposing of it removes it with its contents. Links in it are removed, not followed.
 */
export async function temporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 2 }) };
}

/**
 * Removes the directories that killed runs left behind.
 * @param before only those last modified before this date
 */
export async function sweepTemporaryDirectories(before: Date): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    const path = join(tmpdir(), name);
    const made = await stat(path).catch(() => null);
    // Errors are ignored: the directory may be another user's, or already gone.
    if (made !== null && made.mtime < before)
      await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

const prefix = "image-audit-docker-";
