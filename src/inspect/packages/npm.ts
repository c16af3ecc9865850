import type { Buffer } from "node:buffer";
import * as v from "valibot";
import { checkAmount } from "../../image/documents/json.ts";
import type { BytePath } from "../../image/path.ts";
import { bytesOf } from "../bytes.ts";
import type { PackageList } from "./package-list.ts";
import type { PackageSource } from "./source.ts";
import { examineWhole } from "./whole-file.ts";

/**
 * The package.json of packages in node_modules, which is what `npm ls --all` lists: the root of each package,
 * and not what a package has in its own directories, such as fixtures of its tests.
 */
export const npm: PackageSource = {
  type: "npm",
  places: [],
  examine({ path, size }) {
    if (!isInstalled(path)) return null;
    const tooLarge = `is larger than ${maxSize} bytes`;
    return examineWhole({ type: "npm", size, maxSize, tooLarge, read: readManifest });
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

function readManifest(bytes: Buffer, list: PackageList): void {
  const parsed = v.safeParse(schema, parse(bytes));
  if (!parsed.success) {
    list.miss("states no name and version");
    return;
  }
  const { name, version } = parsed.output;
  list.add(name, { name: bytesOf(name), version: bytesOf(version) });
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
