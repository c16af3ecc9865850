import { sum } from "../image/sum.ts";
import type { Work } from "../image/work.ts";
import type { Inspection, Surface } from "../inspect/inspection.ts";
import { compareBaseImages } from "./base-image.ts";
import { findingChangedPaths } from "./changed-paths.ts";
import type { Change, Comparison, LayerChange, SetChange, Side, SizeSplit } from "./comparison.ts";
import { comparingFiles } from "./files.ts";
import { compareLayers } from "./layers.ts";
import { comparePackages } from "./package-changes.ts";
import { explainingSize } from "./size-parts.ts";

/** Compares the two sides of an image. */
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
    surface: compareSurfaces(head.surface, base.surface),
    shells: compareSets(head.shells, base.shells),
    packageManagers: compareSets(head.packageManagers, base.packageManagers),
    packages: comparePackages(head, base),
    baseImage: { kind: baseImage, base: base.baseImage, head: head.baseImage },
  };
}

function change(head: number | null, base: number | null): Change {
  const difference = head === null || base === null ? null : head - base;
  const percent = difference === null || base === null || base === 0 ? null : (difference / base) * 100;
  return { head, base, difference, percent };
}

function compareSurfaces(head: Surface, base: Surface): Comparison["surface"] {
  const names = Object.keys(head) as (keyof Surface)[];
  const changes = names.map((name) => [name, change(head[name], base[name])] as const);
  return Object.fromEntries(changes) as Comparison["surface"];
}

function updateSizeOf(head: Inspection, base: Inspection): number | null {
  const baseDiffIds = new Set(base.layers.map(({ diffId }) => diffId));
  const fetched = new Map(
    head.layers
      .filter(({ diffId }) => !baseDiffIds.has(diffId))
      .map(({ diffId, digest, compressedSize }) => [digest ?? diffId, compressedSize]),
  );
  let bytes = 0;
  for (const compressedSize of fetched.values()) {
    if (compressedSize === null) return null;
    bytes += compressedSize;
  }
  return bytes;
}

/** Splits the difference. `own` is the rest, so that the three parts always add up. */
function splitOf(difference: number, layers: readonly LayerChange[]): SizeSplit {
  const drift = differenceOf(layers.filter(({ kind }) => kind === "drift"));
  const baseImage = differenceOf(
    layers.filter(({ kind, origin }) => kind !== "drift" && origin === "base-image"),
  );
  return { baseImage, own: difference - baseImage - drift, drift };
}

function differenceOf(layers: readonly LayerChange[]): number {
  return sum(layers.map(({ difference }) => difference));
}

function compareSets<T extends { readonly path: string; readonly pathBase64?: string }>(
  head: readonly T[],
  base: readonly T[],
): SetChange<T> {
  return { appeared: without(head, base), gone: without(base, head) };
}

function without<T extends { readonly path: string; readonly pathBase64?: string }>(
  items: readonly T[],
  excluded: readonly T[],
): readonly T[] {
  const paths = new Set(excluded.map(({ path, pathBase64 }) => pathBase64 ?? path));
  return items.filter(({ path, pathBase64 }) => !paths.has(pathBase64 ?? path));
}
