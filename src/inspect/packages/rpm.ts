import { Buffer } from "node:buffer";
import type { BytePath } from "../../image/path.ts";
import type { Examination } from "../examiner.ts";
import { PackageList } from "./package-list.ts";
import { readRpmHeader } from "./rpm-header.ts";
import type { PackageSource } from "./source.ts";
import { rowsOf } from "./sqlite-table.ts";
import { examineWhole } from "./whole-file.ts";

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
    const tooLarge = `has more than ${maxSize} bytes`;
    if (databases.includes(path))
      return examineWhole({ type: "rpm", size, maxSize, tooLarge, read: readDatabase });
    if (logs.includes(path)) return unread("holds changes that are not in the database yet");
    return unread("is a database of a format that Image Audit does not read");
  },
};

/** Maximum bytes of a database. One of a thousand packages has 30 MB. */
const maxSize = 128 * 1024 ** 2;

function readDatabase(database: Buffer, list: PackageList): void {
  try {
    for (const [, header] of rowsOf(database, "Packages")) {
      const record = readRpmHeader(Buffer.isBuffer(header) ? header : Buffer.alloc(0));
      // Of some packages, such as kernels, several versions may be installed.
      list.add(`${record.name} ${record.version} ${record.architecture}`, record);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    list.miss("is damaged");
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
