import { Buffer } from "node:buffer";

/** A column's value: a text or blob as bytes, an integer, or null for the rest. */
export type SqliteValue = Buffer | number | null;

/**
 * Yields the rows of a table of an SQLite database, in the order of their keys (sqlite.org, Database File
 * Format). It opens no file, so that nothing of an image is written to disk. Changes in a write-ahead log
 * beside the database are not in it.
 * @throws RangeError for a damaged database, or one without the table
 */
export function* rowsOf(database: Buffer, table: string): Generator<readonly SqliteValue[], void> {
  const pages = new Pages(database);
  yield* pages.rows(rootOf(pages, table));
}

/** The schema is a table itself: type, name, table, root page, SQL. */
function rootOf(pages: Pages, table: string): number {
  for (const [type, name, , root] of pages.rows(1)) {
    if (String(type) === "table" && String(name) === table && typeof root === "number") return root;
  }
  throw new RangeError("there is no such table");
}

const magic = "SQLite format 3\0";
/** The database's header is on the first page. */
const headerSize = 100;
const interiorPage = 5;
const leafPage = 13;

class Pages {
  readonly #database: Buffer;
  readonly #size: number;
  /** bytes of a page that are used */
  readonly #usable: number;
  /** pages that may still be visited: each belongs to one place of one tree */
  #left: number;

  constructor(database: Buffer) {
    if (database.toString("latin1", 0, magic.length) !== magic) throw damaged();
    const size = database.readUInt16BE(16);
    this.#database = database;
    this.#size = size === 1 ? 65_536 : size;
    this.#usable = this.#size - database.readUInt8(20);
    if (this.#usable < 480) throw damaged();
    this.#left = Math.floor(database.length / this.#size);
  }

  /** Walks a tree from left to right. Recursion would have a depth that the database chooses. */
  *rows(root: number): Generator<readonly SqliteValue[], void> {
    const open = [root];
    for (let number = open.pop(); number !== undefined; number = open.pop()) {
      const page = this.#visit(number);
      const start = number === 1 ? headerSize : 0;
      const kind = page.readUInt8(start);
      const count = page.readUInt16BE(start + 3);
      if (kind === interiorPage) {
        open.push(page.readUInt32BE(start + 8));
        for (let cell = count - 1; cell >= 0; cell--)
          open.push(page.readUInt32BE(page.readUInt16BE(start + 12 + 2 * cell)));
      } else if (kind === leafPage) {
        for (let cell = 0; cell < count; cell++)
          yield valuesOf(this.#payload(page, page.readUInt16BE(start + 8 + 2 * cell)));
      } else throw damaged();
    }
  }

  /** Returns a cell's record, the rest of which may be on overflow pages. */
  #payload(page: Buffer, at: number): Buffer {
    const [size, afterSize] = varint(page, at);
    const [, start] = varint(page, afterSize);
    const local = this.#localSize(size);
    if (size > this.#database.length || start + local > page.length) throw damaged();
    const parts = [page.subarray(start, start + local)];
    let next = local < size ? page.readUInt32BE(start + local) : 0;
    for (let left = size - local; left > 0; ) {
      const overflow = this.#visit(next);
      const taken = Math.min(left, this.#usable - 4);
      parts.push(overflow.subarray(4, 4 + taken));
      next = overflow.readUInt32BE(0);
      left -= taken;
    }
    return Buffer.concat(parts);
  }

  /** Returns how many bytes of a record are on its leaf page (1.6, B-tree Pages). */
  #localSize(size: number): number {
    const most = this.#usable - 35;
    if (size <= most) return size;
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
    const wanted = least + ((size - least) % (this.#usable - 4));
    return wanted <= most ? wanted : least;
  }

  #visit(number: number): Buffer {
    const end = number * this.#size;
    if (number === 0 || end > this.#database.length || this.#left-- === 0) throw damaged();
    return this.#database.subarray(end - this.#size, end);
  }
}

/** Decodes a record: a header with the type of each column, then the values (2.1, Record Format). */
function valuesOf(record: Buffer): readonly SqliteValue[] {
  const [headerEnd, first] = varint(record, 0);
  const values: SqliteValue[] = [];
  let value = headerEnd;
  for (let at = first; at < headerEnd; ) {
    const [type, next] = varint(record, at);
    const size = sizeOf(type);
    if (value + size > record.length) throw damaged();
    values.push(columnOf(type, record.subarray(value, value + size)));
    value += size;
    at = next;
  }
  return values;
}

function sizeOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? 0;
}

function columnOf(type: number, bytes: Buffer): SqliteValue {
  if (type >= 12) return bytes;
  if (type >= 1 && type <= 5) return bytes.readIntBE(0, bytes.length);
  return type === 8 ? 0 : type === 9 ? 1 : null;
}

/** Reads an integer of one to nine bytes. @returns the integer, and the offset after it */
function varint(bytes: Buffer, at: number): readonly [number, number] {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes.readUInt8(at + index);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, at + index + 1];
  }
  return [value * 256 + bytes.readUInt8(at + 8), at + 9];
}

function damaged(): RangeError {
  return new RangeError("the database is damaged");
}
