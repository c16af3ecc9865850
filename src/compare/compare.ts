import type { BuildRecord } from "../dockerfile/build-record/build-record.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import { atOnce, type Work } from "../image/work.ts";
import type { Inspection, PackageManager, Shell } from "../inspect/inspect.ts";
import { compareBaseImages } from "./base-image.ts";
import { findingChangedPaths } from "./changed-paths.ts";
import { comparingFiles } from "./files.ts";
import { compareLayers } from "./layers.ts";
import { explainingSize } from "./size-parts.ts";

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

/** Puts the two sides of one image side by side. */
export function* comparing(headSide: Side, baseSide: Side): Work<Comparison> {
  const { inspection: head } = headSide;
  const { inspection: base } = baseSide;
  const baseImage = compareBaseImages(headSide, baseSide);
  const layers = compareLayers(headSide, baseSide, baseImage);
  const files = yield* comparingFiles(headSide.filesystem, baseSide.filesystem);
  const parts = yield* explainingSize({
    layers,
    files,
    head: headSide.filesystem,
    base: baseSide.filesystem,
  });
  const paths = yield* findingChangedPaths(headSide, baseSide, files);
  const size = change(head.size, base.size);
  return {
    size,
    unpackedSize: change(head.unpackedSize, base.unpackedSize),
    pullSize: change(head.pullSize?.bytes ?? null, base.pullSize?.bytes ?? null),
    updateSize: updateSizeOf(head, base),
    layerCount: change(head.layers.length, base.layers.length),
    stages: {
      declared: change(head.stages?.declared ?? null, base.stages?.declared ?? null),
      reachable: change(head.stages?.reachable ?? null, base.stages?.reachable ?? null),
    },
    split: splitOf(head.size - base.size, layers),
    layers,
    parts,
    ...paths,
    shells: compareSets(head.shells, base.shells),
    packageManagers: compareSets(head.packageManagers, base.packageManagers),
    baseImage: { kind: baseImage, base: base.baseImage, head: head.baseImage },
  };
}

/** `comparing`, done at once. */
export function compare(headSide: Side, baseSide: Side): Comparison {
  return atOnce(comparing(headSide, baseSide));
}

function change(head: number | null, base: number | null): Change {
  const difference = head === null || base === null ? null : head - base;
  const percent = difference === null || base === null || base === 0 ? null : (difference / base) * 100;
  return { head, base, difference, percent };
}

function updateSizeOf(head: Inspection, base: Inspection): number | null {
  const there = new Set(base.layers.map(({ diffId }) => diffId));
  const fetched = new Map(
    head.layers
      .filter(({ diffId }) => !there.has(diffId))
      .map(({ diffId, digest, compressedSize }) => [digest ?? diffId, compressedSize]),
  );
  let bytes = 0;
  for (const compressedSize of fetched.values()) {
    if (compressedSize === null) return null;
    bytes += compressedSize;
  }
  return bytes;
}

/** `own` is what is neither of the others, so that the three add up whatever the layers say. */
function splitOf(difference: number, layers: readonly LayerChange[]): SizeSplit {
  const drift = sum(layers.filter(({ kind }) => kind === "drift"));
  const baseImage = sum(layers.filter(({ kind, origin }) => kind !== "drift" && origin === "base-image"));
  return { baseImage, own: difference - baseImage - drift, drift };
}

function sum(layers: readonly LayerChange[]): number {
  return layers.reduce((total, { difference }) => total + difference, 0);
}

function compareSets<T extends { readonly path: string; readonly pathBase64?: string }>(
  head: readonly T[],
  base: readonly T[],
): SetChange<T> {
  return { appeared: without(head, base), gone: without(base, head) };
}

function without<T extends { readonly path: string; readonly pathBase64?: string }>(
  these: readonly T[],
  those: readonly T[],
): readonly T[] {
  const paths = new Set(those.map(({ path, pathBase64 }) => pathBase64 ?? path));
  return these.filter(({ path, pathBase64 }) => !paths.has(pathBase64 ?? path));
}
