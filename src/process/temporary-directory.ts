import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryDirectory extends AsyncDisposable {
  /** absolute; for this user's eyes only (0700) */
  readonly path: string;
}

/** A new directory, removed with all that is in it when it is disposed of. Links in it are removed, not followed. */
export async function temporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 2 }) };
}

/** Removes the directories that runs which were killed could not remove. @param before made earlier than this date */
export async function sweepTemporaryDirectories(before: Date): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    const path = join(tmpdir(), name);
    const made = await stat(path).catch(() => null);
    // Another user's, or gone meanwhile: not ours to worry about.
    if (made !== null && made.mtime < before)
      await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

const prefix = "image-audit-docker-";
