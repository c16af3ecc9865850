import type { Comparison, LayerChange, PathShare, SizePart } from "../../compare/comparison.ts";
import { readableReference } from "../../oci/reference.ts";
import type { AuditedImage } from "../../policy/audit-record.ts";
import { listed, type Sentence, say } from "../../policy/sentence.ts";
import { instructionOf, unknownInstruction } from "./layers.ts";

/** What made the image larger or smaller, the largest part first. */
export interface SizeChanges {
  readonly direction: "grew" | "shrank";
  readonly parts: readonly SizeChange[];
  /** further layers that changed in the same direction */
  readonly rest: OtherLayers | null;
  /** layers that changed the other way, without which the parts exceed the whole; null if too small */
  readonly against: OtherLayers | null;
}

/** A number of layers and their difference in bytes, signed. The base image's layers count as one. */
export interface OtherLayers {
  readonly layers: number;
  readonly difference: number;
}

export interface SizeChange {
  /** `Dockerfile:3`; null if the line is unknown */
  readonly where: Sentence | null;
  readonly what: Sentence;
  /** bytes, signed */
  readonly difference: number;
  /** `/usr/lib/go-1.22 +430 MB`: the paths that explain the difference, together no more than it */
  readonly paths: readonly Sentence[];
}

/** Returns what changed the size; null if the size is the same or there is no base. */
export function sizeChanges({ comparison, dockerfile }: AuditedImage): SizeChanges | null {
  const difference = comparison?.size.difference ?? 0;
  if (comparison === null || difference === 0) return null;
  const sign = Math.sign(difference);
  const parts = comparison.parts
    .filter((part) => part.difference * sign > 0)
    .toSorted((a, b) => sign * (b.difference - a.difference));
  const against = restOf(comparison.parts.filter((part) => part.difference * sign < 0));
  return {
    direction: sign > 0 ? "grew" : "shrank",
    parts: parts.slice(0, maxParts).map((part) => describe(part, comparison, dockerfile ?? null)),
    rest: restOf(parts.slice(maxParts)),
    against: against === null || Math.abs(against.difference) * 100 < Math.abs(difference) ? null : against,
  };
}

function restOf(parts: readonly SizePart[]): OtherLayers | null {
  if (parts.length === 0) return null;
  return { layers: parts.length, difference: parts.reduce((sum, part) => sum + part.difference, 0) };
}

/** `3 more`; `1 other, smaller or gone` */
export function restLines({
  rest,
  against,
  direction,
}: SizeChanges): readonly (OtherLayers & { readonly what: string })[] {
  const other = direction === "grew" ? "smaller or gone" : "larger or new";
  return [
    ...(rest === null ? [] : [{ ...rest, what: `${rest.layers} more` }]),
    ...(against === null
      ? []
      : [{ ...against, what: `${against.layers} ${against.layers === 1 ? "other" : "others"}, ${other}` }]),
  ];
}

const maxParts = 4;

function describe(part: SizePart, comparison: Comparison, dockerfile: string | null): SizeChange {
  const layer = comparison.layers[part.layer ?? -1];
  const { where, what } = layer === undefined ? baseImage(comparison) : instruction(layer, dockerfile);
  return { where, what, difference: part.difference, paths: part.paths.map(pathText) };
}

function baseImage({ baseImage }: Comparison): Pick<SizeChange, "where" | "what"> {
  const head = say`${readableReference(baseImage.head?.resolved ?? "unknown")}`;
  const base = say`${readableReference(baseImage.base?.resolved ?? "unknown")}`;
  const what =
    baseImage.kind === "changed"
      ? say`base image ${head} instead of ${base}`
      : say`base image ${head}, which moved`;
  return { where: null, what };
}

function instruction(layer: LayerChange, dockerfile: string | null): Pick<SizeChange, "where" | "what"> {
  const kind = { added: "", changed: "", same: "", drift: " (drift)", removed: " (gone)" }[layer.kind];
  return {
    where: whereIs(layer, dockerfile),
    what: say`${instructionOf(layer.createdBy) ?? unknownInstruction}${[kind]}`,
  };
}

/** Returns the line of a layer. None for one that is gone: readers do not see the base's Dockerfile. */
function whereIs({ line, head }: LayerChange, dockerfile: string | null): Sentence | null {
  if (line === null || head === null) return null;
  return dockerfile === null ? say`line ${line}` : say`${`${dockerfile}:${line}`}`;
}

/** `/app/server +5.31 MB`, also with packages: `/app/node_modules −8.20 MB: express, qs, ms and 4 more` */
function pathText({ path, difference, packages = [], packageCount = 0 }: PathShare): Sentence {
  const place = say`${path} ${{ change: difference }}`;
  if (packages.length === 0) return place;
  const others = packages.filter(({ isWhole }) => !isWhole);
  // If some grew and others shrank, one may have grown by more than all together.
  const isWithin = Math.abs(others.reduce((sum, own) => sum + own.difference, 0)) <= Math.abs(difference);
  const names = packages.map((own) =>
    own.isWhole || !isWithin ? say`${own.name}` : say`${own.name} ${{ change: own.difference }}`,
  );
  const rest = packageCount - packages.length;
  return [...place, ": ", ...listed([...names, ...(rest > 0 ? [[`${rest} more`]] : [])])];
}
