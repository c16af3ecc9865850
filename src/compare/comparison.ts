import type { BuildRecord } from "../dockerfile/build-record/build-record.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { PackageType } from "../image/layer/content.ts";
import type { Inspection, PackageManager, Shell, Surface } from "../inspect/inspection.ts";

/** One side of a comparison: an image's facts, and what else the comparison needs. */
export interface Side {
  readonly inspection: Inspection;
  readonly filesystem: Filesystem;
  /** the builder's record; no growth is exempt unless both sides have one */
  readonly record?: BuildRecord | null;
}

/** A number on both sides. */
export interface Change {
  readonly head: number | null;
  readonly base: number | null;
  /** head - base; null if either is null */
  readonly difference: number | null;
  /** difference in percent of base; null if difference is null or base is 0 */
  readonly percent: number | null;
}

/** The causes of a difference in image size, in bytes. They add up to the difference. */
export interface SizeSplit {
  readonly baseImage: number;
  readonly own: number;
  readonly drift: number;
}

export interface LayerChange {
  readonly kind: "same" | "changed" | "drift" | "added" | "removed";
  readonly origin: "base-image" | "own" | "unknown";
  /** index into head.layers or base.layers; null if that side has no such layer */
  readonly head: number | null;
  readonly base: number | null;
  readonly createdBy: string | null;
  readonly line: number | null;
  /** bytes, positive = grew */
  readonly difference: number;
}

export interface PathChange {
  readonly path: string;
  readonly pathBase64?: string;
  readonly kind: "file" | "directory";
  /** bytes in the final filesystem; null if the path does not exist */
  readonly head: number | null;
  readonly base: number | null;
  readonly difference: number;
  /** index into head.layers if it grew (the layer with most of the growth), else into base.layers */
  readonly layer: number;
  readonly line: number | null;
}

/** A cause of the difference in size: a layer outside of the base image, or the base image as a whole. */
export interface SizePart {
  /** index into the comparison's layers; null for the base image */
  readonly layer: number | null;
  /** signed bytes; all parts add up to the difference in size */
  readonly difference: number;
  /**
   * paths that explain it, the largest first, at most three; they have its sign and together do not exceed it
   */
  readonly paths: readonly PathShare[];
}

/** The bytes that a part of the difference in size added to a path or removed from it. */
export interface PathShare {
  readonly path: string;
  readonly pathBase64?: string;
  readonly kind: "file" | "directory";
  /** signed bytes */
  readonly difference: number;
  /** the three packages that differ most, for a directory such as site-packages */
  readonly packages?: readonly {
    readonly name: string;
    readonly difference: number;
    /** whether the package was added or removed as a whole */
    readonly isWhole: boolean;
  }[];
  /** number of all packages that differ */
  readonly packageCount?: number;
}

export interface SetChange<T> {
  readonly appeared: readonly T[];
  readonly gone: readonly T[];
}

/** A package that one side has, or has in another version. */
export interface PackageChange {
  /** `changed`: which version is newer is not known */
  readonly kind: "added" | "removed" | "upgraded" | "downgraded" | "changed";
  readonly type: PackageType;
  readonly name: string;
  readonly architecture: string | null;
  /** versions; null if that side does not have the package */
  readonly head: string | null;
  readonly base: string | null;
  /** bytes, as the records say, positive = grew; null if one of them does not say it */
  readonly difference: number | null;
  /** absolute path of the record, of the head if it has the package */
  readonly path: string;
  readonly pathBase64?: string;
}

export interface PackageChanges {
  /** the largest difference first, unknown differences last */
  readonly changes: readonly PackageChange[];
  /** bytes of all changes; null if the bytes of one are unknown */
  readonly difference: number | null;
  /** types that are not compared, because a side has a record of them that could not be read, sorted */
  readonly uncompared: readonly PackageType[];
}

/** The comparison of two inspections. */
export interface Comparison {
  readonly size: Change;
  readonly unpackedSize: Change;
  readonly pullSize: Change;
  /** compressed bytes to fetch for a machine that has the base's layers; null if unknown */
  readonly updateSize: number | null;
  readonly layerCount: Change;
  readonly stages: { readonly declared: Change; readonly reachable: Change };
  readonly split: SizeSplit;
  readonly layers: readonly LayerChange[];
  readonly parts: readonly SizePart[];
  /** at most ten files, largest growth first */
  readonly grownFiles: readonly PathChange[];
  /** at most ten files that were removed or shrank, largest loss first */
  readonly shrunkFiles: readonly PathChange[];
  /** number of all such files */
  readonly fileCounts: { readonly grown: number; readonly shrunk: number };
  /** the directories that explain the growth best, at most five, none inside another */
  readonly grownDirectories: readonly PathChange[];
  /** numbers of files, by the names in Surface */
  readonly surface: Readonly<Record<keyof Surface, Change>>;
  readonly shells: SetChange<Shell>;
  readonly packageManagers: SetChange<PackageManager>;
  readonly packages: PackageChanges;
  readonly baseImage: {
    /**
     * `moved`: the same reference has other bytes, as the builder recorded; `changed`: the reference differs
     */
    readonly kind: "unchanged" | "moved" | "changed" | "unknown";
    readonly base: Inspection["baseImage"];
    readonly head: Inspection["baseImage"];
  };
}
