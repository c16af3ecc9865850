import type { LayerReading } from "../image/layer/reading.ts";
import type { StoredReading } from "../image/readings/bytes.ts";
import { decodeReading, encodedLimit, encodeReading } from "../image/readings/codec.ts";
import type { ReaderVersion } from "../image/readings/reader-version.ts";
import type { KnownBlob, ReadingStore } from "../image/readings/reading-store.ts";
import type { Digest } from "../oci/digest.ts";
import { isLeftover, PrivateDirectory } from "./private-directory.ts";

export interface ReadingDirectoryOptions {
  readonly version: ReaderVersion;
  /** bytes of all files together, 512 MiB unless given; those that were not used for longest go first */
  readonly maximumBytes?: number;
  /** nothing is created, written, touched or removed */
  readonly readOnly?: boolean;
  /** told once, for the debug log, why the directory is not used any more */
  readonly remark?: (text: string) => void;
}

/**
 * Readings that outlast the run. One file for each layer and blob that it came as; the name says which, so that a list of
 * names is the index, and processes that write at once need agree on nothing. What a name says counts only when the
 * sealed content says the same.
 *
 * Saves work and is never needed: no error leaves it. After one it knows nothing and keeps nothing.
 */
export function readingDirectory(path: string, options: ReadingDirectoryOptions): ReadingStore {
  const store = new ReadingDirectory(path, options);
  let isUsable = true;
  const attempt = <Result>(work: () => Result): Result | undefined => {
    if (!isUsable) return undefined;
    try {
      return work();
    } catch (error) {
      isUsable = false;
      const reason = error instanceof Error ? error.message : String(error);
      options.remark?.(`Layer readings in ${path} are not used: ${reason}`);
      return undefined;
    }
  };
  return {
    find: (key) => attempt(() => store.find(key)),
    sizeOf: (digest) => attempt(() => store.sizeOf(digest)),
    blobs: () => attempt(() => store.blobs()) ?? [],
    keep: (reading, blob) => attempt(() => store.keep({ reading, blob })),
  };
}

/** What a file's name says. */
interface Key extends KnownBlob {
  readonly name: string;
}

const defaultMaximum = 512 * 1024 * 1024;
/** Milliseconds after which nobody writes a file any more that was begun. */
const leftoverAge = 60 * 60 * 1000;

class ReadingDirectory {
  readonly #directory: PrivateDirectory;
  readonly #version: ReaderVersion;
  readonly #maximum: number;
  readonly #isReadOnly: boolean;
  /** by name; null until it is asked for. What other processes add later is not seen. */
  #keys: Map<string, Key> | null = null;
  /** names of files whose content was found to say what the name says */
  readonly #sound = new Set<string>();
  /** bytes of all files; null until something is written */
  #total: number | null = null;

  constructor(path: string, options: ReadingDirectoryOptions) {
    this.#directory = new PrivateDirectory(path);
    this.#version = options.version;
    this.#maximum = options.maximumBytes ?? defaultMaximum;
    this.#isReadOnly = options.readOnly ?? false;
  }

  find({ digest, diffId }: Parameters<ReadingStore["find"]>[0]): LayerReading | undefined {
    const byDigest = this.#matching((key) => key.digest === digest);
    const byDiffId = this.#matching((key) => key.diffId === diffId);
    for (const key of [...byDigest, ...byDiffId]) {
      const stored = this.#load(key);
      if (stored !== null) return stored.reading;
    }
    return undefined;
  }

  /** Only of a blob whose reading can be had: who is told a size need not send the blob. */
  sizeOf(digest: Digest): number | undefined {
    const keys = this.#matching((key) => key.digest === digest);
    return keys.find((key) => this.#sound.has(key.name) || this.#load(key) !== null)?.size;
  }

  blobs(): readonly KnownBlob[] {
    return this.#matching(() => true);
  }

  keep(stored: StoredReading): void {
    if (this.#isReadOnly) return;
    const bytes = encodeReading(stored, this.#version);
    if (bytes === null || bytes.length > this.#maximum) return;
    const key = keyOf(stored, this.#version);
    // A blob that is not named by sha256 has no name here.
    if (parseName(key.name, this.#version) === null) return;
    this.#directory.create();
    this.#total ??= this.#sweep();
    this.#directory.write(key.name, bytes);
    this.#index().set(key.name, key);
    this.#sound.add(key.name);
    this.#total += bytes.length;
    if (this.#total > this.#maximum) this.#total = this.#sweep();
  }

  #matching(matches: (key: Key) => boolean): readonly Key[] {
    return [...this.#index().values()].filter(matches);
  }

  #index(): Map<string, Key> {
    if (this.#keys !== null) return this.#keys;
    const names = this.#directory.exists() ? this.#directory.names() : [];
    const keys = names.map((name) => parseName(name, this.#version)).filter((key) => key !== null);
    this.#keys = new Map(keys.map((key) => [key.name, key]));
    return this.#keys;
  }

  /** The reading; null, and forgotten, where the file is gone, damaged, or another's. Keeping it again replaces it. */
  #load(key: Key): StoredReading | null {
    const bytes = this.#directory.read(key.name, encodedLimit);
    const stored = bytes === null ? null : decodeReading(bytes, this.#version);
    if (stored === null || keyOf(stored, this.#version).name !== key.name) {
      this.#index().delete(key.name);
      this.#sound.delete(key.name);
      return null;
    }
    this.#sound.add(key.name);
    if (!this.#isReadOnly) this.#directory.touch(key.name);
    return stored;
  }

  /**
   * Removes what killed processes left, and, beyond the maximum, what was not used for longest; of any version, and never
   * a file that has none of our names.
   * @returns bytes of what is there then
   */
  #sweep(): number {
    const files = this.#directory
      .names()
      .filter((name) => isLeftover(name) || parseName(name, null) !== null)
      .map((name) => ({ name, ...(this.#directory.weigh(name) ?? { size: 0, usedAt: 0 }) }))
      .sort((one, other) => one.usedAt - other.usedAt);
    let total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { name, size, usedAt } of files) {
      const isSpare = isLeftover(name) ? usedAt < Date.now() - leftoverAge : total > this.#maximum;
      if (!isSpare) continue;
      this.#directory.remove(name);
      this.#sound.delete(name);
      total -= size;
    }
    return total;
  }
}

function keyOf({ reading, blob }: StoredReading, version: ReaderVersion): Key {
  const { diffId } = reading;
  const { digest, size } = blob;
  return { name: `${version}.${hexOf(diffId)}.${hexOf(digest)}.${size}`, diffId, digest, size };
}

function hexOf(digest: Digest): string {
  return digest.slice("sha256:".length);
}

/** @param version whose names to take; null: any */
function parseName(name: string, version: ReaderVersion | null): Key | null {
  const found = /^(\d+-[0-9a-z-]+)\.([0-9a-f]{64})\.([0-9a-f]{64})\.(\d{1,15})$/.exec(name);
  const [, by, diffId, digest, size] = found ?? [];
  if (version !== null && by !== version) return null;
  if (diffId === undefined || digest === undefined) return null;
  return { name, diffId: `sha256:${diffId}`, digest: `sha256:${digest}`, size: Number(size) };
}
