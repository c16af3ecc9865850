import type { BytePath } from "../path.ts";
import type { Content } from "./content.ts";

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
  /** what the file's bytes told, where they were looked at */
  readonly content?: Content;
}

/** Something that the spec forbids or that runtimes disagree about; reading went on as engines do. */
export interface Anomaly {
  readonly kind: "duplicate-path" | "path-outside-root" | "whiteout-with-replacement" | "unknown-pax-record";
  readonly path: BytePath;
}
