import type { Buffer } from "node:buffer";
import type { Examination, Facts } from "../examiner.ts";
import { InflateBudget } from "./inflate.ts";
import { JarReader } from "./jar-reader.ts";
import { PackageList } from "./package-list.ts";
import type { PackageSource } from "./source.ts";

/**
 * What Java archives say they contain: the pom.properties that Maven writes, of which a shaded jar has many, and
 * without one the manifest. So do the jars in a fat jar, a war or an ear.
 */
export const jar: PackageSource = {
  type: "maven",
  places: [],
  examine({ path, size }) {
    return extensions.has(path.slice(-4).toLowerCase()) ? new JarExamination(size) : null;
  },
};

const extensions: ReadonlySet<string> = new Set([".jar", ".war", ".ear"]);

class JarExamination implements Examination {
  readonly #reader: JarReader;
  readonly #size: number;

  /** @param size bytes of the file */
  constructor(size: number) {
    this.#size = size;
    this.#reader = new JarReader(new InflateBudget(size));
  }

  update(chunk: Buffer): void {
    this.#reader.update(chunk);
  }

  finish(): Facts | null {
    const { packages, unread } = this.#reader.finish();
    if (packages.length === 0 && unread === null) return null;
    const list = new PackageList("maven");
    // The only package of an archive takes as much as the archive.
    const size = packages.length === 1 && unread === null ? { size: this.#size } : {};
    for (const { name, version } of packages) list.add(`${name}:${version}`, { name, version, ...size });
    if (unread !== null) list.miss(unread);
    return list.facts();
  }
}
