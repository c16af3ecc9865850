import { Buffer } from "node:buffer";
import * as v from "valibot";
import { checkAmount } from "../../image/documents/json.ts";
import type { BytePath } from "../../image/path.ts";
import type { Examination, Facts } from "../examiner.ts";
import { bytesOf, PackageList } from "./package-list.ts";
import type { PackageSource } from "./source.ts";

/**
 * The package.json of packages in node_modules, which is what `npm ls --all` lists: the root of each package,
 * and not what a package has in its own directories, such as fixtures of its tests.
 */
export const npm: PackageSource = {
  type: "npm",
  places: [],
  examine({ path, size }) {
    return isInstalled(path) ? new ManifestReader(size) : null;
  },
};

const manifest = "/package.json";
const directory = "node_modules/";

/**
 * Reports whether only packages lead to the manifest from the first node_modules on. pnpm and Bun keep packages in
 * `node_modules/.pnpm/NAME@VERSION/node_modules`.
 */
function isInstalled(path: BytePath): boolean {
  if (!path.endsWith(manifest)) return false;
  const start = path.startsWith(directory) ? 0 : path.indexOf(`/${directory}`) + 1;
  if (start === 0 && !path.startsWith(directory)) return false;
  return packages.test(path.slice(start, -manifest.length));
}

const packages =
  /^(?:node_modules\/(?:\.(?:pnpm|bun)\/[^/]+|(?:@[^/]+\/)?[^./@][^/]*)\/)*node_modules\/(?:@[^/]+\/)?[^./@][^/]*$/;

/** Maximum bytes of a manifest. Real ones have some thousand. */
const maxSize = 1024 ** 2;

/** npm needs both to install a package. */
const schema = v.object({ name: v.string(), version: v.string() });

class ManifestReader implements Examination {
  readonly #list = new PackageList("npm");
  readonly #isTooLarge: boolean;
  readonly #chunks: Buffer[] = [];

  constructor(size: number) {
    this.#isTooLarge = size > maxSize;
  }

  update(chunk: Buffer): void {
    if (!this.#isTooLarge) this.#chunks.push(Buffer.from(chunk));
  }

  finish(): Facts {
    if (this.#isTooLarge) this.#list.miss(`is larger than ${maxSize} bytes`);
    else this.#read(Buffer.concat(this.#chunks));
    return this.#list.facts();
  }

  #read(bytes: Buffer): void {
    const parsed = v.safeParse(schema, parse(bytes));
    if (!parsed.success) {
      this.#list.miss("states no name and version");
      return;
    }
    const { name, version } = parsed.output;
    this.#list.add(name, { name: bytesOf(name), version: bytesOf(version) });
  }
}

/** Like npm, takes the last of two values with the same key. */
function parse(bytes: Buffer): unknown {
  try {
    checkAmount(bytes, "package.json");
    // npm ignores a byte order mark.
    return JSON.parse(bytes.toString("utf8").replace(/^\ufeff/, ""));
  } catch {
    return null;
  }
}
