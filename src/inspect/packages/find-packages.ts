import { type Filesystem, resolve } from "../../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { NodesOfKinds } from "../../image/filesystem/per-directory.ts";
import type { PackageRecord, PackageType } from "../../image/layer/content.ts";
import { type BytePath, displayPath } from "../../image/path.ts";
import { textOf } from "../bytes.ts";
import { directorySize } from "./directory-size.ts";
import { type Distribution, distributionOf } from "./distribution.ts";
import type { InstalledPackages, Package, UnreadPackages } from "./package.ts";
import { normalizedName, purlOf } from "./purl.ts";
import { packageSources } from "./sources.ts";

/** Maximum packages of one image, which all are in its inspection. */
const maxPackages = 100_000;
const maxUnread = 100;

/** Reports whether the node is a file that records packages. */
export function recordsPackages({ attributes }: FilesystemNode): boolean {
  return attributes.content?.packages !== undefined;
}

/** Finds what is installed in the final root filesystem, and the records that do not say all of it. */
export function findPackages(
  filesystem: Filesystem,
  { packageRecords }: NodesOfKinds<"packageRecords">,
): InstalledPackages {
  const distribution = distributionOf(filesystem);
  const packages: Package[] = [];
  const unread: UnreadPackages[] = unreadPlaces(filesystem);
  const seen = new Set<object>();
  const recorded = new Set<string>();
  for (const node of packageRecords) {
    if (node.inode !== null && seen.has(node.inode)) continue;
    if (node.inode !== null) seen.add(node.inode);
    for (const { type, packages: records, unread: detail } of node.attributes.content?.packages ?? []) {
      const path = displayPath(node.path);
      const room = records.slice(0, maxPackages - packages.length);
      for (const record of room) {
        const key = sharedKey(type, record, node.path);
        if (key !== null && recorded.has(key)) continue;
        if (key !== null) recorded.add(key);
        const size = record.size ?? directorySize(filesystem, type, node.path);
        packages.push({ ...packageOf(type, record, distribution), size, ...path });
      }
      if (detail !== undefined) unread.push({ ...path, type, detail });
      if (room.length < records.length) unread.push({ ...path, type, detail: tooMany });
    }
  }
  return { packages: packages.sort(byName), packagesUnread: first(unread) };
}

const tooMany = `records packages that are left out, since the image has more than ${maxPackages}`;

/**
 * Lists the places where packages are recorded, but were not looked for: a layer has the record at another
 * path, and a link of another layer leads to it.
 */
function unreadPlaces(filesystem: Filesystem): UnreadPackages[] {
  return packageSources.flatMap(({ type, places }) =>
    places.flatMap((place) => {
      const node = resolve(filesystem, place);
      if (node === null) return [];
      const isMoved = !packageSources.some(({ places }) => places.includes(node.path));
      const isSkipped = node.attributes.type === "file" && node.size > 0 && !recordsPackages(node);
      return isMoved || isSkipped ? [{ ...displayPath(place), type, detail: "could not be read" }] : [];
    }),
  );
}

/**
 * Returns what all records of one installed package have in common; null for a type of which each has one record.
 * dpkg and chisel may both record a package, and so may the tools that build Python packages, in one directory.
 */
function sharedKey(
  type: PackageType,
  { name, version, architecture }: PackageRecord,
  path: BytePath,
): string | null {
  if (type === "deb") return `${name} ${version} ${architecture}`;
  if (type !== "pypi") return null;
  const directory = path.replace(/[^/]+\.(?:dist-info|egg-info|egg)(?:\/.*)?$/, "");
  return `${directory} ${normalizedName(name)} ${version}`;
}

function packageOf(
  type: PackageType,
  record: PackageRecord,
  distribution: Distribution | null,
): Omit<Package, "path" | "size"> {
  const [name, version] = [textOf(record.name), textOf(record.version)];
  const architecture = record.architecture === undefined ? null : textOf(record.architecture);
  return {
    type,
    name,
    version,
    architecture,
    purl: purlOf({ type, name, version, architecture }, distribution),
  };
}

function byName(a: Package, b: Package): number {
  const difference =
    compared(a.type, b.type) ||
    compared(a.name, b.name) ||
    compared(a.version, b.version) ||
    compared(a.path, b.path);
  return difference || compared(a.purl ?? "", b.purl ?? "");
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function first(unread: readonly UnreadPackages[]): readonly UnreadPackages[] {
  const [last] = unread.slice(maxUnread - 1);
  if (last === undefined || unread.length === maxUnread) return unread;
  const rest = unread.length - maxUnread + 1;
  return [
    ...unread.slice(0, maxUnread - 1),
    { ...last, detail: `and ${rest - 1} more records could not be read` },
  ];
}
