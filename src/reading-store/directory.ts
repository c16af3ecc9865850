import type { LayerReading } from "../image/layer/reading.ts";
import type { StoredReading } from "../image/readings/bytes.ts";
import { decodeReading, encodedLimit, encodeReading } from "../image/readings/codec.ts";
import type { ReaderVersion } from "../image/readings/reader-version.ts";
import type { KnownBlob, ReadingStore } from "../image/readings/reading-store.ts";
import type { Digest } from "../oci/digest.ts";
import { isLeftover, PrivateDirectory } from "./private-directory.ts";

export interface ReadingDirectoryOptions {
  readonly version: ReaderVersion;
  /** maximum bytes of all files together, default 512 MiB; the least recently used files are removed first */
  readonly maximumBytes?: number;
  /** if set, nothing is created, written, touched or removed */
  readonly readOnly?: boolean;
  /** called once, for the debug log, with the reason why the directory is no longer used */
  readonly remark?: (text: string) => void;
}

/**
 * Opens a store of layer readings that outlasts the run. There is one file for each pair of a layer and its
 * blob. The file's name identifies both, so a list of names is the index, and concurrent writers need no
 * coordination. A name counts only if the sealed content confirms it.
 *
 * The store saves work and is never required, so it throws no errors. After the first error it is empty and
 * stores nothing.
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

/** The content of a file's name. */
interface Key extends KnownBlob {
  readonly name: string;
}

const defaultMaximum = 512 * 1024 * 1024;
/** Age at which a temporary file is certainly no longer being written. */
const leftoverAgeMs = 60 * 60 * 1000;

class ReadingDirectory {
  readonly #directory: PrivateDirectory;
  readonly #version: ReaderVersion;
  readonly #maximum: number;
  readonly #isReadOnly: boolean;
  /** by name; null until first needed. Files that other processes add later are not included. */
  #keys: Map<string, Key> | null = null;
  /** names of files whose content was found to match the name */
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

  /** Returns a size only if the blob's reading is available, since a blob with a known size is not sent. */
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
    // Only blobs with a sha256 digest can be named here.
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

  /**
   * Loads a reading. Returns null, and removes the key from the index, if the file is missing or damaged, or
   * does not match its name. Keeping the reading again replaces the file.
   */
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
   * Removes what killed processes left behind and, above the maximum, the least recently used files, of any
   * version. Never removes a file with a name that is not ours.
   * @returns bytes of the remaining files
   */
  #sweep(): number {
    const files = this.#directory
      .names()
      .filter((name) => isLeftover(name) || parseName(name, null) !== null)
      .map((name) => ({ name, ...(this.#directory.weigh(name) ?? { size: 0, usedAt: 0 }) }))
      .sort((a, b) => a.usedAt - b.usedAt);
    let total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { name, size, usedAt } of files) {
      const isRemovable = isLeftover(name) ? usedAt < Date.now() - leftoverAgeMs : total > this.#maximum;
      if (!isRemovable) continue;
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

/** Parses a file's name. @param version the only version to accept; null accepts any */
function parseName(name: string, version: ReaderVersion | null): Key | null {
  const found = /^(\d+-[0-9a-z-]+)\.([0-9a-f]{64})\.([0-9a-f]{64})\.(\d{1,15})$/.exec(name);
  const [, writtenBy, diffId, digest, size] = found ?? [];
  if (version !== null && writtenBy !== version) return null;
  if (diffId === undefined || digest === undefined) return null;
  return { name, diffId: `sha256:${diffId}`, digest: `sha256:${digest}`, size: Number(size) };
}
