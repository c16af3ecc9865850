import { type Filesystem, inByteOrder } from "../image/filesystem/filesystem.ts";
import { linkedFiles } from "../image/filesystem/linked-files.ts";
import type { FilesystemNode } from "../image/filesystem/node.ts";
import type { EntryType } from "../image/layer/entry.ts";
import { type BytePath, displayPath } from "../image/path.ts";
import type { Digest } from "../oci/digest.ts";
import type { InspectedLayer } from "./inspection.ts";

/** One path of the final root filesystem, as one line of JSON. */
export interface FileRecord {
  /** absolute, UTF-8 (lossy where pathBase64 is there) */
  readonly path: string;
  readonly pathBase64?: string;
  /** every name of a file with hard links is a `file`, as ls(1) shows it */
  readonly type: Exclude<EntryType, "hardlink" | "whiteout" | "opaque-whiteout">;
  /** four octal digits, such as `0755`; setuid, setgid and sticky are the first */
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
  /** bytes; 0 for everything but regular files */
  readonly size: number;
  /** a symbolic link's target as written, lossy where it is not UTF-8; null for everything else */
  readonly linkTarget: string | null;
  /** of a device: major and minor */
  readonly device?: readonly [major: number, minor: number];
  /** ISO 8601 in UTC, whole seconds; null where the time lies outside what that can say */
  readonly modified: string | null;
  /** names that the file has; 1 for everything but hard links */
  readonly links: number;
  /** a number that the names of one file share; it has no meaning beyond this list */
  readonly inode: number;
  /** index of the layer that holds it, 0 = lowest */
  readonly layer: number;
  readonly diffId: Digest | null;
  /** 1-based line of the Dockerfile instruction that made the layer; null where not known */
  readonly line: number | null;
}

/** Every path but the root itself, in byte order. */
export function* listFiles(
  filesystem: Filesystem,
  layers: readonly Pick<InspectedLayer, "diffId" | "line">[],
): Iterable<FileRecord> {
  const names = Map.groupBy(linkedFiles(filesystem), ({ inode }) => inode);
  const numbers = new Map<FilesystemNode["inode"], number>();
  let position = 0;
  for (const node of inByteOrder(filesystem)) {
    const layer = layers[node.layer];
    const number = numbers.get(node.inode) ?? position;
    if (node.inode !== null) numbers.set(node.inode, number);
    position++;
    yield {
      ...recordOf(node),
      links: names.get(node.inode)?.length ?? 1,
      inode: number,
      layer: node.layer,
      diffId: layer?.diffId ?? null,
      line: layer?.line ?? null,
    };
  }
}

function recordOf({ path, attributes, size, modified }: FilesystemNode) {
  const { type, mode, uid, gid, linkTarget, device } = attributes;
  return {
    ...displayPath(path),
    type: type as FileRecord["type"],
    mode: mode.toString(8).padStart(4, "0"),
    uid,
    gid,
    size,
    linkTarget: type === "symlink" ? displayTarget(linkTarget ?? "") : null,
    ...(device === undefined ? {} : { device }),
    modified: displayTime(modified),
  };
}

/** A target as written: it need not be absolute. */
function displayTarget(target: BytePath): string {
  return displayPath(target).path.slice(1);
}

function displayTime(seconds: number): string | null {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(".000Z", "Z");
}
