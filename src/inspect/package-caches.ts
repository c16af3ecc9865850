import { type Filesystem, nodeAt } from "../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../image/filesystem/node.ts";
import type { BytePath } from "../image/path.ts";
import type { PackageCache } from "./inspection.ts";

/**
 * Directories in which package managers keep what they downloaded. Nothing needs it at run time, and each of them
 * fetches it again.
 */
const directories: readonly BytePath[] = [
  ...["var/lib/apt/lists", "var/cache/apt", "var/cache/apk", "var/cache/dnf", "var/cache/libdnf5"],
  ...[
    "var/cache/yum",
    "root/.cache/pip",
    "root/.cache/uv",
    "root/.npm/_cacache",
    "usr/local/share/.cache/yarn",
  ],
];

/**
 * Measures the caches of package managers in the final root filesystem, by directory and by the layer that holds
 * the files, the largest first.
 */
export function findPackageCaches(filesystem: Filesystem): readonly PackageCache[] {
  const caches = directories.flatMap((path) => {
    const byLayer = new Map<number, number>();
    const directory = nodeAt(filesystem, path);
    if (directory === null || !measure(directory, byLayer)) return [];
    return [...byLayer].map(([layer, bytes]) => ({ path: `/${path}`, bytes, layer }));
  });
  return caches
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, maxListed);
}

const maxListed = 20;

/** More files than any cache has. Larger directories are not measured. */
const maxFiles = 100_000;

/** Adds up the regular files with a single name. @returns whether the directory was measured to its end */
function measure(directory: FilesystemNode, byLayer: Map<number, number>): boolean {
  const open = [directory];
  let files = 0;
  for (let next = open.pop(); next !== undefined && files <= maxFiles; next = open.pop()) {
    next.children?.forEach((node) => {
      files++;
      if (files > maxFiles) return;
      if (node.children !== null) open.push(node);
      else if (node.inode === null) byLayer.set(node.layer, (byLayer.get(node.layer) ?? 0) + node.size);
    });
  }
  return files <= maxFiles;
}
