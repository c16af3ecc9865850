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
  /** hides the entry at `path` in lower layers (image-spec layer.md, "Whiteouts") */
  | "whiteout"
  /** hides all children of the directory `path` in lower layers */
  | "opaque-whiteout";

/** One member of a layer's tar, with the path where runtimes put it. */
export interface LayerEntry {
  readonly path: BytePath;
  readonly type: EntryType;
  /** permission bits with setuid, setgid and sticky: 0 to 0o7777 */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** bytes of the payload; 0 for everything except regular files */
  readonly size: number;
  /**
   * CRC-32 of the payload; 0 for everything except regular files. Files of the same size and checksum very
   * likely have the same content, unless somebody made them to look so: no verdict may rest on it.
   */
  readonly crc32: number;
  /** seconds since the epoch, whole */
  readonly modified: number;
  /** a symlink's target, unchanged; a hard link's target as a clean path in the same layer */
  readonly linkTarget?: BytePath;
  /** only for devices */
  readonly device?: readonly [major: number, minor: number];
  /** only for files and hard links that have them; null if the attribute is damaged */
  readonly capabilities?: FileCapabilities | null;
  /** whether there is an access control list (acl(5)), so that the mode alone does not decide who has access */
  readonly hasAccessList?: true;
  /** facts from the file's bytes, if they were examined */
  readonly content?: Content;
}

/** Capabilities that a program gets when it is executed (capabilities(7), "File capabilities"). */
export interface FileCapabilities {
  /** a mask below 2^41: bit 10 is CAP_NET_BIND_SERVICE */
  readonly permitted: number;
  /** whether the program has them from the start; Linux then refuses to execute it without any of them */
  readonly isEffective: boolean;
}

/**
 * Something that the spec forbids or that runtimes handle differently. The reader handles it as engines do.
 */
export interface Anomaly {
  readonly kind: "duplicate-path" | "path-outside-root" | "whiteout-with-replacement" | "unknown-pax-record";
  readonly path: BytePath;
}
