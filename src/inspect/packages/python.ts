import type { Buffer } from "node:buffer";
import { type BytePath, baseOf } from "../../image/path.ts";
import type { Examination, Facts } from "../examiner.ts";
import { LineReader } from "./line-reader.ts";
import { maxText, PackageList } from "./package-list.ts";
import type { PackageSource } from "./source.ts";

/**
 * The metadata of installed Python packages, which is what `pip list` lists: the directories *.dist-info and
 * *.egg-info, files of the latter name, and eggs (Core metadata specification). Packages that another one keeps
 * inside itself, such as those in setuptools/_vendor, are not installed.
 */
export const python: PackageSource = {
  type: "pypi",
  places: [],
  examine({ path }) {
    return isMetadata(path) ? new MetadataReader() : null;
  },
};

function isMetadata(path: BytePath): boolean {
  const base = baseOf(path);
  // Nearly all files end here.
  if (base !== "METADATA" && base !== "PKG-INFO" && !base.endsWith(".egg-info")) return false;
  return metadata.test(path) && !inPackage.test(path);
}

/** pip renames what it cannot delete, so that the name begins with `~`, and then ignores it. */
const metadata =
  /(?:^|\/)[A-Za-z0-9][^/]*(?:\.dist-info\/METADATA|\.egg-info(?:\/PKG-INFO)?|\.egg\/EGG-INFO\/PKG-INFO)$/;
const inPackage = /(?:^|\/)(?:site|dist)-packages\/[^/]+\/(?!METADATA$|PKG-INFO$|EGG-INFO\/PKG-INFO$)/;

/** Reads the header, whose lines are as in an e-mail. The description that follows it can be long. */
class MetadataReader implements Examination {
  readonly #lines = new LineReader(maxText + "Version: ".length, (line) => this.#readLine(line));
  readonly #fields = new Map<string, string>();
  #isInHeader = true;

  update(chunk: Buffer): void {
    if (this.#isInHeader) this.#lines.update(chunk);
  }

  finish(): Facts {
    this.#lines.finish();
    const [name, version] = [this.#fields.get("name"), this.#fields.get("version")];
    const list = new PackageList("pypi");
    // pip lists no other names (PEP 508).
    const isName = name !== undefined && /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name);
    if (isName && version !== undefined) list.add(name, { name, version });
    else list.miss("states no name that pip accepts, or no version");
    return list.facts();
  }

  #readLine(line: string): void {
    if (!this.#isInHeader) return;
    const [, name, value] = /^([A-Za-z-]+):(.*)$/.exec(line.trimEnd()) ?? [];
    if (name !== undefined && value !== undefined) {
      // pip takes the first of several.
      const key = name.toLowerCase();
      if (wanted.has(key) && !this.#fields.has(key)) this.#fields.set(key, value.trim());
    } else if (!/^[ \t]/.test(line)) this.#isInHeader = false;
    if (this.#fields.size === wanted.size) this.#isInHeader = false;
  }
}

const wanted: ReadonlySet<string> = new Set(["name", "version"]);
