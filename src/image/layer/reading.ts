import type { Digest } from "../../oci/digest.ts";
import type { Content } from "./content.ts";
import type { EntryTable } from "./entry-table.ts";

/**
 * A path or link target as image bytes give it: every UTF-16 unit is one byte (latin1). Two names that differ in any
 * byte stay two names; `path.ts` turns one into text for people. Entry paths are clean and relative: no leading
 * or trailing slash, no `.` or `..`; the root directory is the empty string.
 */
export type BytePath = string;

export type EntryType =
  | "file"
  | "directory"
  | "symlink"
  | "hardlink"
  | "character-device"
  | "block-device"
  | "fifo"
  /** hides the lower layers' entry at `path` (image-spec layer.md, "Whiteouts") */
  | "whiteout"
  /** hides all children that lower layers have under the directory `path` */
  | "opaque-whiteout";

/** One member of a layer's tar, under the name that Go's archive/tar gives it. */
export interface LayerEntry {
  readonly path: BytePath;
  readonly type: EntryType;
  /** permission bits with setuid, setgid and sticky: 0 to 0o7777 */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** payload in bytes; 0 for everything but regular files */
  readonly size: number;
  /** seconds since the epoch, whole */
  readonly modified: number;
  /** a symlink's target as written; a hard link's as a clean path in the same layer */
  readonly linkTarget?: BytePath;
  /** of a device: major and minor */
  readonly device?: readonly [major: number, minor: number];
  /** names of the extended attributes, such as security.capability */
  readonly xattrs?: readonly string[];
  /** what the file's bytes told, where they were looked at */
  readonly content?: Content;
}

/** Something that the spec forbids or that runtimes disagree about; reading went on as engines do. */
export interface Anomaly {
  readonly kind: "duplicate-path" | "path-outside-root" | "whiteout-with-replacement" | "unknown-pax-record";
  readonly path: BytePath;
}

/**
 * All that is ever needed from one layer's bytes: a plain value that can be stored and keyed by diff ID, so that no layer is
 * read twice. Images are merged from readings alone.
 */
export interface LayerReading {
  /** sha256 of the uncompressed tar, computed while reading */
  readonly diffId: Digest;
  /** payload bytes of the layer's regular files, those that a later layer deletes included: the *layer size* */
  readonly size: number;
  /** bytes of the uncompressed tar stream */
  readonly tarSize: number;
  /** bytes, an estimate of the tar compressed by gzip at level 6; only where it came unpacked and that was asked for */
  readonly gzipSize?: number;
  readonly entries: EntryTable;
  readonly anomalies: readonly Anomaly[];
}
