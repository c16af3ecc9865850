import { type BytePath, baseOf } from "../image/path.ts";
import { textOf } from "../inspect/bytes.ts";

/** Directories in which package managers of languages keep each package under its name. */
const directoryNames: ReadonlySet<string> = new Set([
  "site-packages",
  "dist-packages",
  "node_modules",
  "gems",
]);

/** Names beside the packages that are not packages: metadata, caches, links to commands. */
const isNotPackage = /^[._]|\.(?:dist-info|egg-info|pth)$/;

export function isPackageDirectory(path: BytePath): boolean {
  return directoryNames.has(baseOf(path));
}

export interface ChangedPackage {
  /** UTF-8 */
  readonly name: string;
  readonly path: BytePath;
  readonly difference: number;
}

/**
 * Returns the packages in a directory that grew, the largest growth first.
 * @param changes changes of files below the directory
 */
export function packagesIn(
  directory: BytePath,
  changes: readonly { readonly path: BytePath; readonly difference: number }[],
): readonly ChangedPackage[] {
  const growth = new Map<string, number>();
  for (const { path, difference } of changes) {
    const [first = "", second] = path.slice(directory.length + 1).split("/", 2);
    // npm's scopes: @babel/core
    const name = first.startsWith("@") && second !== undefined ? `${first}/${second}` : first;
    growth.set(name, (growth.get(name) ?? 0) + difference);
  }
  return [...growth]
    .filter(([name, difference]) => difference > 0 && !isNotPackage.test(name))
    .toSorted(([a, growthOfA], [b, growthOfB]) => growthOfB - growthOfA || (a < b ? -1 : 1))
    .map(([name, difference]) => ({
      name: textOf(name.replace(/\.py$/, "")),
      path: `${directory}/${name}`,
      difference,
    }));
}
