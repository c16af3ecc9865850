import type { Examination } from "../examiner.ts";
import { PackageList } from "./package-list.ts";
import type { PackageSource } from "./source.ts";

/** Where distributions keep rpm's database; of SQLite, of rpm itself (ndb), and of Berkeley DB. */
const directories = ["var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm"];
const databases = ["rpmdb.sqlite", "Packages.db", "Packages"];
const places = directories.flatMap((directory) => databases.map((name) => `${directory}/${name}`));

/** What rpm records. Its databases are found, and said to be unread. */
export const rpm: PackageSource = {
  type: "rpm",
  places,
  examine: ({ path }) => (places.includes(path) ? unread() : null),
};

function unread(): Examination {
  const list = new PackageList("rpm");
  list.miss("is a database of rpm, which Image Audit does not read");
  return { update() {}, finish: () => list.facts() };
}
