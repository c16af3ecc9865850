import type { Buffer } from "node:buffer";
import { parentOf } from "../../image/path.ts";
import type { Examination, Facts } from "../examiner.ts";
import { LineReader } from "./line-reader.ts";
import { maxText, PackageList } from "./package-list.ts";
import type { PackageSource } from "./source.ts";

const statusFile = "var/lib/dpkg/status";
/** Distroless images have no status file, but a control file for each package here, beside its `.md5sums`. */
const statusDirectory = "var/lib/dpkg/status.d";

/** What dpkg records, which is what `dpkg-query --show` lists, without packages of which only settings are left. */
export const dpkg: PackageSource = {
  type: "deb",
  places: [statusFile, statusDirectory],
  examine({ path }) {
    if (path === statusFile) return new DpkgReader("not-installed");
    if (!path.startsWith(statusDirectory) || parentOf(path) !== statusDirectory) return null;
    return path.endsWith(".md5sums") ? null : new DpkgReader("installed");
  },
};

/** The states in which the files of a package are in place, or may be (dpkg(1), Package states). */
const presentStates: ReadonlySet<string> = new Set([
  "installed",
  "half-installed",
  "unpacked",
  "half-configured",
  "triggers-awaited",
  "triggers-pending",
]);
const absentStates: ReadonlySet<string> = new Set(["not-installed", "config-files"]);

type Field = "package" | "status" | "version" | "architecture" | "installed-size";
const fields: ReadonlySet<string> = new Set<Field>([
  "package",
  "status",
  "version",
  "architecture",
  "installed-size",
]);

/** Reads paragraphs of fields (deb822(5)), of which a line that begins with a space continues a field. */
class DpkgReader implements Examination {
  readonly #lines = new LineReader(2 * maxText, (line) => this.#readLine(line));
  readonly #list = new PackageList("deb");
  readonly #stateWithoutStatus: "installed" | "not-installed";
  readonly #paragraph = new Map<Field, string>();
  readonly #seen = new Set<string>();
  #isInParagraph = false;

  constructor(stateWithoutStatus: "installed" | "not-installed") {
    this.#stateWithoutStatus = stateWithoutStatus;
  }

  update(chunk: Buffer): void {
    this.#lines.update(chunk);
  }

  finish(): Facts {
    if (this.#lines.isInLine) this.#list.miss("ends within a line");
    this.#lines.finish();
    this.#endParagraph();
    return this.#list.facts();
  }

  #readLine(line: string): void {
    if (line === "" || line === "\r") {
      this.#endParagraph();
      return;
    }
    this.#isInParagraph = true;
    if (line.startsWith(" ") || line.startsWith("\t")) return;
    const colon = line.indexOf(":");
    if (colon < 0) {
      this.#list.miss("has a line that is no field");
      return;
    }
    // Field names are not case-sensitive.
    const name = line.slice(0, colon).trimEnd().toLowerCase();
    if (!isField(name)) return;
    if (this.#paragraph.has(name)) this.#list.miss("has a paragraph with the same field twice");
    this.#paragraph.set(name, line.slice(colon + 1).trim());
  }

  #endParagraph(): void {
    if (this.#isInParagraph) this.#readParagraph(this.#paragraph);
    this.#isInParagraph = false;
    this.#paragraph.clear();
  }

  #readParagraph(paragraph: ReadonlyMap<Field, string>): void {
    // dpkg writes names and states in lower case, and reads them in any.
    const name = paragraph.get("package")?.toLowerCase() ?? "";
    const architecture = paragraph.get("architecture") ?? "";
    const size = paragraph.get("installed-size") ?? "";
    // Want, error flag and state: `install ok installed`.
    const state = paragraph.get("status")?.toLowerCase().split(/\s+/)[2] ?? this.#stateWithoutStatus;
    // Packages of several architectures can be installed beside each other.
    const key = `${name}:${architecture}`;
    if (!presentStates.has(state) && !absentStates.has(state))
      this.#list.miss("has a package in a state that dpkg does not know");
    if (state === "not-installed") this.#list.delete(key);
    else if (this.#seen.has(key)) this.#list.miss("has a package twice");
    else this.#seen.add(key);
    if (!presentStates.has(state)) return;
    this.#list.add(key, {
      name,
      version: paragraph.get("version") ?? "",
      ...(architecture === "" ? {} : { architecture }),
      // In KiB, rounded up for each file (deb-substvars(5)).
      ...(/^[0-9]{1,12}$/.test(size) ? { size: Number(size) * 1024 } : {}),
    });
  }
}

function isField(name: string): name is Field {
  return fields.has(name);
}
