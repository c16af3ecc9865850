import type { Buffer } from "node:buffer";
import type { Examination, Facts } from "../examiner.ts";
import { LineReader } from "./line-reader.ts";
import { maxText, PackageList } from "./package-list.ts";
import type { PackageSource } from "./source.ts";

/** apk's database: since apk-tools 3, distributions with a merged /usr keep it there. */
const places = ["lib/apk/db/installed", "usr/lib/apk/db/installed"];

/** What apk records, which is what `apk info` lists. */
export const apk: PackageSource = {
  type: "apk",
  places,
  examine: ({ path }) => (places.includes(path) ? new ApkReader() : null),
};

/** Name, version, architecture, and installed size in bytes (apk-tools, src/database.c and src/package.c). */
type Field = "P" | "V" | "A" | "I";
const fields: ReadonlySet<string> = new Set<Field>(["P", "V", "A", "I"]);

/** Reads paragraphs of lines, one for each package: a letter, a colon and a value. */
class ApkReader implements Examination {
  readonly #lines = new LineReader("P:".length + maxText + 1, (line) => this.#readLine(line));
  readonly #list = new PackageList("apk");
  readonly #paragraph = new Map<Field, string>();
  #isInParagraph = false;

  update(chunk: Buffer): void {
    this.#lines.update(chunk);
  }

  finish(): Facts {
    if (this.#lines.isInLine) this.#list.miss("ends within a line");
    this.#lines.finish();
    // apk writes an empty line after each package, and forgets one without it.
    if (this.#isInParagraph) this.#list.miss("ends within a package");
    this.#endParagraph();
    return this.#list.facts();
  }

  #readLine(line: string): void {
    if (line === "") {
      this.#endParagraph();
      return;
    }
    this.#isInParagraph = true;
    if (line[1] !== ":") this.#list.miss("has a line that is no field");
    const letter = line[0] ?? "";
    if (!isField(letter)) return;
    if (this.#paragraph.has(letter)) this.#list.miss("has a paragraph with the same field twice");
    this.#paragraph.set(letter, line.slice(2));
  }

  #endParagraph(): void {
    if (!this.#isInParagraph) return;
    const name = this.#paragraph.get("P") ?? "";
    const architecture = this.#paragraph.get("A");
    const size = this.#paragraph.get("I") ?? "";
    this.#list.add(name, {
      name,
      version: this.#paragraph.get("V") ?? "",
      ...(architecture === undefined ? {} : { architecture }),
      ...(/^[0-9]{1,15}$/.test(size) ? { size: Number(size) } : {}),
    });
    this.#isInParagraph = false;
    this.#paragraph.clear();
  }
}

function isField(letter: string): letter is Field {
  return fields.has(letter);
}
