import { Buffer } from "node:buffer";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Returns the bytes of a database that SQLite itself wrote. */
export function sqliteBytes(statements: string, fill: (database: DatabaseSync) => void): Buffer {
  const path = join(tmpdir(), `image-audit-${process.pid}-${Math.random()}.sqlite`);
  try {
    const database = new DatabaseSync(path);
    database.exec(statements);
    fill(database);
    database.close();
    return readFileSync(path);
  } finally {
    rmSync(path, { force: true });
  }
}

/** Returns a database of rpm with these headers. @param pageSize bytes */
export function rpmDatabase(headers: readonly Uint8Array[], pageSize = 4096): Buffer {
  const tables = `PRAGMA page_size = ${pageSize};
    CREATE TABLE 'Name' (key 'TEXT' NOT NULL, hnum INTEGER NOT NULL);
    CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL);`;
  return sqliteBytes(tables, (database) => {
    const insert = database.prepare("INSERT INTO Packages (blob) VALUES (?)");
    database.exec("BEGIN");
    for (const header of headers) insert.run(header);
    database.exec("COMMIT");
  });
}

/** Returns a header as rpm's database has it: an index of tags, and then their values. */
export function rpmHeader(values: Readonly<Record<number, string | number | bigint>>): Buffer {
  const data: Buffer[] = [];
  let length = 0;
  const index = Object.entries(values).map(([tag, value]) => {
    const bytes = bytesOf(value);
    const type = typeof value === "string" ? 6 : typeof value === "number" ? 4 : 5;
    const entry = uint32(Number(tag), type, length, 1);
    data.push(bytes);
    length += bytes.length;
    return entry;
  });
  return Buffer.concat([uint32(index.length, length), ...index, ...data]);
}

function bytesOf(value: string | number | bigint): Buffer {
  if (typeof value === "string") return Buffer.from(`${value}\0`);
  if (typeof value === "number") return uint32(value);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

function uint32(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * index);
  return bytes;
}
