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
 * A flat directory of files that only this user writes, several processes at a time. No link is followed, and what
 * another user could have put there is not read. Errors are those of node:fs.
 */
export class PrivateDirectory {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws Error where something else is at the path, or another user can write there. False: there is nothing. */
  exists(): boolean {
    const found = lstatSync(this.#path, { throwIfNoEntry: false });
    if (found === undefined) return false;
    if (!found.isDirectory()) throw new Error("it is no directory");
    if (!isPrivate(found)) throw new Error("it is not this user's alone to write");
    return true;
  }

  create(): void {
    mkdirSync(this.#path, { recursive: true, mode: 0o700 });
    this.exists();
  }

  /** Names of the regular files. */
  names(): readonly string[] {
    return readdirSync(this.#path, { withFileTypes: true })
      .filter((found) => found.isFile())
      .map(({ name }) => name);
  }

  /** Of a file: its bytes, and when it was last written or touched, in milliseconds since the epoch. Null: it is gone. */
  weigh(name: string): { readonly size: number; readonly usedAt: number } | null {
    const found = lstatSync(join(this.#path, name), { throwIfNoEntry: false });
    return found === undefined ? null : { size: found.size, usedAt: found.mtimeMs };
  }

  /** A file's bytes; null where there is none of at most so many bytes that is this user's own. */
  read(name: string, most: number): Uint8Array | null {
    const file = openOwn(join(this.#path, name));
    if (file === null) return null;
    try {
      const found = fstatSync(file);
      return found.isFile() && isPrivate(found) && found.size <= most ? readFileSync(file) : null;
    } finally {
      closeSync(file);
    }
  }

  /** Puts a whole file in place of what has the name, or, when it is interrupted, none. */
  write(name: string, bytes: Uint8Array): void {
    const temporary = join(this.#path, `.${randomUUID()}.tmp`);
    try {
      writeFileSync(temporary, bytes, { flag: "wx", mode: 0o600 });
      renameSync(temporary, join(this.#path, name));
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  /** Notes that a file was used. No error: the note only makes for a better choice of what to remove. */
  touch(name: string): void {
    const now = new Date();
    try {
      lutimesSync(join(this.#path, name), now, now);
    } catch {
      // Gone meanwhile, or the file system is mounted read-only.
    }
  }

  remove(name: string): void {
    rmSync(join(this.#path, name), { force: true });
  }
}

/** Whether a file is what `write` leaves behind when its process is killed. */
export function isLeftover(name: string): boolean {
  return /^\.[0-9a-f-]{36}\.tmp$/.test(name);
}

/** Windows has neither user IDs nor modes: there a user's own directories are private by its access lists. */
function isPrivate({ uid, mode }: Stats): boolean {
  const user = process.getuid?.();
  return user === undefined || (uid === user && (mode & 0o022) === 0);
}

function openOwn(path: string): number | null {
  // Windows knows no O_NOFOLLOW, and wants a privilege for links. A fifo would be waited for.
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
