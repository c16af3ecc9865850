import type { BuildRecord } from "../dockerfile/build-record/build-record.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { Inspection, PackageManager, Shell } from "../inspect/inspection.ts";

/** One image, with what its comparison needs beyond the facts. */
export interface Side {
  readonly inspection: Inspection;
  readonly filesystem: Filesystem;
  /** what the builder says that it did; without both of them nothing is known to be nobody's doing */
  readonly record?: BuildRecord | null;
}

/** One figure on both sides. */
export interface Change {
  readonly head: number | null;
  readonly base: number | null;
  /** head - base; null where either side is */
  readonly difference: number | null;
  /** difference in percent of base; null where base is null or 0 */
  readonly percent: number | null;
}

/** Whose doing a difference in image size is, in bytes; the three add up to it. */
export interface SizeSplit {
  readonly baseImage: number;
  readonly own: number;
  readonly drift: number;
}

export interface LayerChange {
  readonly kind: "same" | "changed" | "drift" | "added" | "removed";
  readonly origin: "base-image" | "own" | "unknown";
  /** index into head.layers, base.layers; null where that side has no such layer */
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
  /** bytes in the final filesystem; null = not there */
  readonly head: number | null;
  readonly base: number | null;
  readonly difference: number;
  /** of what grew an index into head.layers (for a directory, of most of its growth), of what shrank into base.layers */
  readonly layer: number;
  readonly line: number | null;
}

/** One thing that made the image larger or smaller: a layer that is not the base image's, or the base image as a whole. */
export interface SizePart {
  /** index into the comparison's layers; null = the base image */
  readonly layer: number | null;
  /** bytes, signed; those of all parts add up to the difference in size */
  readonly difference: number;
  /** what tells it in the final filesystem, the largest first, at most three: of its sign, together no more than it */
  readonly paths: readonly PathShare[];
}

/** What a part of the difference in size put under a path, or took from it. */
export interface PathShare {
  readonly path: string;
  readonly pathBase64?: string;
  readonly kind: "file" | "directory";
  /** bytes, signed */
  readonly difference: number;
  /** of a directory such as site-packages, the three that differ most; each is new, gone or of another size */
  readonly packages?: readonly {
    readonly name: string;
    readonly difference: number;
    /** whether it is new or gone */
    readonly isWhole: boolean;
  }[];
  /** how many there are in all */
  readonly packageCount?: number;
}

export interface SetChange<T> {
  readonly appeared: readonly T[];
  readonly gone: readonly T[];
}

/** Two inspections side by side. */
export interface Comparison {
  readonly size: Change;
  readonly unpackedSize: Change;
  readonly pullSize: Change;
  /** compressed bytes that a machine which has the base's layers must still fetch; null where unknown */
  readonly updateSize: number | null;
  readonly layerCount: Change;
  readonly stages: { readonly declared: Change; readonly reachable: Change };
  readonly split: SizeSplit;
  readonly layers: readonly LayerChange[];
  readonly parts: readonly SizePart[];
  /** at most ten files, largest growth first */
  readonly grownFiles: readonly PathChange[];
  /** at most ten files that are gone or smaller, largest loss first */
  readonly shrunkFiles: readonly PathChange[];
  /** how many there are in all */
  readonly fileCounts: { readonly grown: number; readonly shrunk: number };
  /** at most five directories that explain the growth best, none inside another */
  readonly grownDirectories: readonly PathChange[];
  readonly shells: SetChange<Shell>;
  readonly packageManagers: SetChange<PackageManager>;
  readonly baseImage: {
    /** `unchanged`; `moved`: same reference, other bytes, as the builder says; `changed`: another reference; `unknown` */
    readonly kind: "unchanged" | "moved" | "changed" | "unknown";
    readonly base: Inspection["baseImage"];
    readonly head: Inspection["baseImage"];
  };
}
