import { Buffer } from "node:buffer";
import type { BytePath } from "../../image/path.ts";
import type { Examination, Facts } from "../examiner.ts";
import { PackageList } from "./package-list.ts";
import { readRpmHeader } from "./rpm-header.ts";
import type { PackageSource } from "./source.ts";
import { rowsOf } from "./sqlite-table.ts";
import { WholeFile } from "./whole-file.ts";

/** Where distributions keep rpm's database. */
const directories = ["var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm"];
const databases = pathsOf("rpmdb.sqlite");
const logs = pathsOf("rpmdb.sqlite-wal");
/** Of rpm itself (ndb), and of Berkeley DB. */
const otherDatabases = [...pathsOf("Packages.db"), ...pathsOf("Packages")];
const known: ReadonlySet<BytePath> = new Set([...databases, ...logs, ...otherDatabases]);

/** What rpm records in an SQLite database, which is what `rpm --query --all` lists. */
export const rpm: PackageSource = {
  type: "rpm",
  places: [...databases, ...otherDatabases],
  examine({ path, size }) {
    if (!known.has(path)) return null;
    if (databases.includes(path)) return new RpmReader(size);
    if (logs.includes(path)) return unread("holds changes that are not in the database yet");
    return unread("is a database of a format that Image Audit does not read");
  },
};

/** Maximum bytes of a database. One of a thousand packages has 30 MB. */
const maxSize = 128 * 1024 ** 2;

class RpmReader implements Examination {
  readonly #file: WholeFile;
  readonly #list = new PackageList("rpm");

  constructor(size: number) {
    this.#file = new WholeFile(size, maxSize);
  }

  update(chunk: Buffer): void {
    this.#file.update(chunk);
  }

  finish(): Facts {
    const bytes = this.#file.bytes();
    if (bytes === null) this.#list.miss(`has more than ${maxSize} bytes`);
    else this.#read(bytes);
    return this.#list.facts();
  }

  #read(database: Buffer): void {
    try {
      for (const [, header] of rowsOf(database, "Packages")) {
        const record = readRpmHeader(Buffer.isBuffer(header) ? header : Buffer.alloc(0));
        // Of some packages, such as kernels, several versions may be installed.
        this.#list.add(`${record.name} ${record.version} ${record.architecture}`, record);
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#list.miss("is damaged");
    }
  }
}

function unread(reason: string): Examination {
  const list = new PackageList("rpm");
  list.miss(reason);
  return { update() {}, finish: () => list.facts() };
}

function pathsOf(name: string): readonly BytePath[] {
  return directories.map((directory) => `${directory}/${name}`);
}
