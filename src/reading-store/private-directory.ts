import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/**
 * A flat directory of files that only this user writes, possibly from several processes at once. Links are
 * not followed, and files that another user could have written are not read. Errors are those of node:fs.
 */
export class PrivateDirectory {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Reports whether the directory exists.
   * @throws Error if the path is not a directory, or if another user can write to it
   */
  exists(): boolean {
    const found = lstatSync(this.#path, { throwIfNoEntry: false });
    if (found === undefined) return false;
    if (!found.isDirectory()) throw new Error("it is not a directory");
    if (!isPrivate(found)) throw new Error("another user owns it or can write to it");
    return true;
  }

  create(): void {
    mkdirSync(this.#path, { recursive: true, mode: 0o700 });
    this.exists();
  }

  /** Returns the names of the regular files. */
  names(): readonly string[] {
    return readdirSync(this.#path, { withFileTypes: true })
      .filter((found) => found.isFile())
      .map(({ name }) => name);
  }

  /**
   * Returns a file's size in bytes, and when it was last written or touched, in milliseconds since the epoch.
   * Null if the file does not exist.
   */
  weigh(name: string): { readonly size: number; readonly usedAt: number } | null {
    const found = lstatSync(join(this.#path, name), { throwIfNoEntry: false });
    return found === undefined ? null : { size: found.size, usedAt: found.mtimeMs };
  }

  /** Reads a file. Returns null if it does not exist, exceeds `maxBytes`, or is not this user's own. */
  read(name: string, maxBytes: number): Uint8Array | null {
    const file = openOwn(join(this.#path, name));
    if (file === null) return null;
    try {
      const found = fstatSync(file);
      return found.isFile() && isPrivate(found) && found.size <= maxBytes ? readFileSync(file) : null;
    } finally {
      closeSync(file);
    }
  }

  /** Writes or replaces a file atomically. */
  write(name: string, bytes: Uint8Array): void {
    const temporary = join(this.#path, `.${randomUUID()}.tmp`);
    try {
      writeFileSync(temporary, bytes, { flag: "wx", mode: 0o600 });
      renameSync(temporary, join(this.#path, name));
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  /** Records that a file was used. Never throws: the time only improves the choice of files to remove. */
  touch(name: string): void {
    const now = new Date();
    try {
      lutimesSync(join(this.#path, name), now, now);
    } catch {
      // The file is gone, or the file system is mounted read-only.
    }
  }

  remove(name: string): void {
    rmSync(join(this.#path, name), { force: true });
  }
}

/** Reports whether a file is one that `write` leaves behind if its process is killed. */
export function isLeftover(name: string): boolean {
  return /^\.[0-9a-f-]{36}\.tmp$/.test(name);
}

/** Windows has neither user IDs nor modes. There, access lists keep a user's own directories private. */
function isPrivate({ uid, mode }: Stats): boolean {
  const user = process.getuid?.();
  return user === undefined || (uid === user && (mode & 0o022) === 0);
}

function openOwn(path: string): number | null {
  // Windows has no O_NOFOLLOW; creating a link there requires a privilege. Without O_NONBLOCK, a FIFO blocks.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  try {
    return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (isOneOf(error, ["ENOENT", "ELOOP"])) return null;
    throw error;
  }
}

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
