import type { Inspection, PackageManager, Shell } from "../inspect/inspect.ts";

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
  /** index into head.layers of the layer that holds it (of most of its growth, for a directory) */
  readonly layer: number;
  readonly line: number | null;
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
  /** compressed bytes that a machine which has the base image's layers must still fetch; null where unknown */
  readonly updateSize: number | null;
  readonly layerCount: Change;
  readonly stages: { readonly declared: Change; readonly reachable: Change };
  readonly split: SizeSplit;
  readonly layers: readonly LayerChange[];
  /** at most ten files, largest growth first */
  readonly grownFiles: readonly PathChange[];
  /** at most five directories that explain the growth best, none inside another */
  readonly grownDirectories: readonly PathChange[];
  readonly shells: SetChange<Shell>;
  readonly packageManagers: SetChange<PackageManager>;
  readonly baseImage: {
    /** `unchanged`; `moved`: same reference, other bytes; `changed`: another reference; `unknown` */
    readonly kind: "unchanged" | "moved" | "changed" | "unknown";
    readonly base: Inspection["baseImage"];
    readonly head: Inspection["baseImage"];
  };
}
