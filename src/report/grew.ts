import { familiarName } from "../audit/base-image-name.ts";
import type { Comparison, LayerChange, PathChange } from "../audit/compare.ts";
import type { AuditedImage } from "../audit/judge.ts";
import { type Sentence, say } from "../audit/sentence.ts";
import { instructionOf, unknownInstruction } from "./layers.ts";

/** What made the image larger or smaller, the most telling first. */
export interface Moved {
  readonly direction: "grew" | "shrank";
  readonly parts: readonly MovedPart[];
  /** further layers that moved the same way, and their bytes */
  readonly rest: { readonly layers: number; readonly difference: number } | null;
}

export interface MovedPart {
  /** `Dockerfile:3`; null where the line is not known */
  readonly where: Sentence | null;
  readonly what: Sentence;
  /** bytes, signed */
  readonly difference: number;
  readonly paths: readonly PathChange[];
}

/** Null where the size is the same, or nothing is known of the base. */
export function whatMoved({ comparison, dockerfile }: AuditedImage): Moved | null {
  const difference = comparison?.size.difference ?? 0;
  if (comparison === null || difference === 0) return null;
  const sign = Math.sign(difference);
  const own = comparison.layers.filter(
    (layer) => layer.origin !== "base-image" && layer.difference * sign > 0,
  );
  const parts = [
    ...baseImagePart(comparison, sign),
    ...own.map((layer) => layerPart(layer, comparison, dockerfile ?? null)),
  ].toSorted((a, b) => sign * (b.difference - a.difference));
  const rest = parts.slice(mostParts);
  return {
    direction: sign > 0 ? "grew" : "shrank",
    parts: parts.slice(0, mostParts),
    rest:
      rest.length === 0
        ? null
        : { layers: rest.length, difference: rest.reduce((sum, part) => sum + part.difference, 0) },
  };
}

const mostParts = 4;
const mostPaths = 3;

function baseImagePart(
  { baseImage, layers, split, ...comparison }: Comparison,
  sign: number,
): readonly MovedPart[] {
  if (split.baseImage * sign <= 0) return [];
  const head = say`${familiarName(baseImage.head?.resolved ?? "unknown")}`;
  const base = say`${familiarName(baseImage.base?.resolved ?? "unknown")}`;
  const what =
    baseImage.kind === "changed"
      ? say`base image ${head} instead of ${base}`
      : say`base image ${head}, which moved`;
  const own = layers.filter(({ origin, kind }) => origin === "base-image" && kind !== "same");
  const indices = new Set(own.map(({ head }) => head));
  return [{ where: null, what, difference: split.baseImage, paths: pathsIn(indices, comparison) }];
}

function layerPart(layer: LayerChange, comparison: Comparison, dockerfile: string | null): MovedPart {
  const kind = { added: "", changed: "", same: "", drift: " (drift)", removed: " (gone)" }[layer.kind];
  return {
    where: whereIs(layer, dockerfile),
    what: say`${instructionOf(layer.createdBy) ?? unknownInstruction}${[kind]}`,
    difference: layer.difference,
    paths: pathsIn(new Set([layer.head]), comparison),
  };
}

/** Lines of a layer that is gone are those of the base's Dockerfile, which is not the one that readers see. */
function whereIs({ line, head }: LayerChange, dockerfile: string | null): Sentence | null {
  if (line === null || head === null) return null;
  return dockerfile === null ? say`line ${line}` : say`${`${dockerfile}:${line}`}`;
}

/** Directories if they tell it, else files. */
function pathsIn(
  layers: ReadonlySet<number | null>,
  { grownDirectories, grownFiles }: Pick<Comparison, "grownDirectories" | "grownFiles">,
): readonly PathChange[] {
  const directories = grownDirectories.filter(({ layer }) => layers.has(layer));
  const files = grownFiles.filter(({ layer }) => layers.has(layer));
  return (directories.length > 0 ? directories : files).slice(0, mostPaths);
}
