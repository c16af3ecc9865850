import { readHistory } from "../dockerfile/history/readable.ts";
import type { InspectedLayer } from "../inspect/inspection.ts";
import type { Digest } from "../oci/digest.ts";
import { align, type Pair } from "./align.ts";
import type { Comparison, LayerChange, Side } from "./comparison.ts";
import { isDrift } from "./drift.ts";

/**
 * Which layer of the base each layer of the head is, in the head's order, and then those that are gone. The same diff
 * ID is the same layer wherever it stands. The image's own others are paired in order by their instruction's whole
 * text, and what is left between those pairs by its gist, since an edited line is a change and not a new layer.
 */
export function compareLayers(
  headSide: Side,
  baseSide: Side,
  baseImage: Comparison["baseImage"]["kind"],
): readonly LayerChange[] {
  const head = headSide.inspection.layers;
  const base = baseSide.inspection.layers;
  const partners = new Map(pairLayers(head, base, baseImage === "moved"));
  const paired = new Set(partners.values());

  // Whether all that lies below is the base's, layer by layer, but for what is nobody's doing.
  let isUndisturbed = true;
  const kept = head.map((layer, index): LayerChange => {
    const partner = partners.get(index) ?? null;
    const before = partner === null ? undefined : base[partner];
    isUndisturbed &&= partner === index;
    const kind = kindOf(layer, before, index);
    isUndisturbed &&= kind === "same" || kind === "drift";
    return { kind, head: index, base: partner, ...told(layer), difference: layer.size - (before?.size ?? 0) };
  });
  const removed = base.flatMap((layer, index): readonly LayerChange[] =>
    paired.has(index)
      ? []
      : [{ kind: "removed", head: null, base: index, ...told(layer), difference: -layer.size }],
  );
  return [...kept, ...removed];

  function kindOf(
    layer: InspectedLayer,
    before: InspectedLayer | undefined,
    index: number,
  ): LayerChange["kind"] {
    if (before === undefined) return "added";
    if (before.diffId === layer.diffId) return "same";
    return isUndisturbed && isDrift(index, headSide, baseSide) ? "drift" : "changed";
  }
}

function pairLayers(
  head: readonly InspectedLayer[],
  base: readonly InspectedLayer[],
  hasMoved: boolean,
): readonly Pair[] {
  const same = pairByDiffId(head, base);
  const taken = {
    head: new Set(same.map(([index]) => index)),
    base: new Set(same.map(([, index]) => index)),
  };
  const others = (layers: readonly InspectedLayer[], side: "head" | "base", ofBaseImage: boolean) =>
    [...layers.keys()].filter(
      (index) => !taken[side].has(index) && (layers[index]?.origin === "base-image") === ofBaseImage,
    );
  const similar = align(others(head, "head", false), others(base, "base", false), [
    (side, index) => layerOf(side, index)?.createdBy ?? null,
    (side, index) => gistOf(layerOf(side, index)?.createdBy ?? ""),
  ]);
  // Of a base image that moved, one layer stands for the other in order, whatever its text is.
  const moved = hasMoved
    ? align(others(head, "head", true), others(base, "base", true), [() => "base image"])
    : [];
  return [...same, ...similar, ...moved];

  function layerOf(side: "head" | "base", index: number): InspectedLayer | undefined {
    return (side === "head" ? head : base)[index];
  }
}

/**
 * What stays when a line is edited: the command that is run, the place that is copied to, and from which stage. Many
 * lines copy into one directory, so that there the first that is copied counts, too.
 */
function gistOf(createdBy: string): string | null {
  const { keyword, text } = readHistory(createdBy);
  if (keyword !== "COPY" && keyword !== "ADD") {
    return keyword === null ? null : text.split(" ").slice(0, 3).join(" ");
  }
  const words = text.split(" ").slice(1);
  const from = words.filter((word) => word.startsWith("--from="));
  const paths = words.filter((word) => !word.startsWith("--"));
  const destination = paths.at(-1) ?? "";
  const isDirectory = /^\.{1,2}$|\/$/.test(destination);
  const place = destination.replace(/^(?:\.\/)+(?=.)|(?<=.)\/+$/g, "");
  // The builder before BuildKit tells no more of what it copied than a hash: `COPY file:… in /app`.
  const isHash = paths.at(-2) === "in";
  return [keyword, ...from, place, ...(isDirectory && !isHash ? paths.slice(0, 1) : [])].join(" ");
}

/** Each with the first that is not yet taken: equal layers, such as empty ones, may occur more than once. */
function pairByDiffId(head: readonly InspectedLayer[], base: readonly InspectedLayer[]): readonly Pair[] {
  const places = new Map<Digest, number[]>();
  for (const [index, { diffId }] of base.entries()) {
    const same = places.get(diffId);
    if (same === undefined) places.set(diffId, [index]);
    else same.push(index);
  }
  return head.flatMap(({ diffId }, index): readonly Pair[] => {
    const place = places.get(diffId)?.shift();
    return place === undefined ? [] : [[index, place]];
  });
}

function told({
  origin,
  createdBy,
  line,
}: InspectedLayer): Pick<LayerChange, "origin" | "createdBy" | "line"> {
  return { origin, createdBy, line };
}
