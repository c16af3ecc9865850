import { type Filesystem, inByteOrder } from "../image/filesystem/filesystem.ts";
import { linkedFiles } from "../image/filesystem/linked-files.ts";
import type { FilesystemNode } from "../image/filesystem/node.ts";
import type { EntryType } from "../image/layer/entry.ts";
import { type BytePath, displayPath } from "../image/path.ts";
import type { Digest } from "../oci/digest.ts";
import type { InspectedLayer } from "./inspection.ts";

/** One path of the final root filesystem, as one line of JSON. */
export interface FileRecord {
  /** absolute, UTF-8 (lossy if pathBase64 is present) */
  readonly path: string;
  readonly pathBase64?: string;
  /** every name of a file with hard links is a `file`, as ls(1) shows it */
  readonly type: Exclude<EntryType, "hardlink" | "whiteout" | "opaque-whiteout">;
  /** four octal digits, such as `0755`; the first holds setuid, setgid and sticky */
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
  /** bytes; 0 for everything but regular files */
  readonly size: number;
  /** the target of a symbolic link as written, lossy if it is not UTF-8; null for everything else */
  readonly linkTarget: string | null;
  /** major and minor number of a device */
  readonly device?: readonly [major: number, minor: number];
  /** ISO 8601 in UTC, whole seconds; null if the time is outside the range of that format */
  readonly modified: string | null;
  /** number of the file's names; 1 for everything but hard links */
  readonly links: number;
  /** a number shared by all names of a file; it has no meaning outside this list */
  readonly inode: number;
  /** index of the layer that holds the path, 0 = lowest */
  readonly layer: number;
  readonly diffId: Digest | null;
  /** 1-based line of the Dockerfile instruction that made the layer; null if unknown */
  readonly line: number | null;
}

/** Lists every path except the root, in byte order. */
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

/** Returns a link target for people, as written: it need not be absolute. */
function displayTarget(target: BytePath): string {
  return displayPath(target).path.slice(1);
}

function displayTime(seconds: number): string | null {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(".000Z", "Z");
}
