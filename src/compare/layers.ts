import { readHistory } from "../dockerfile/history/readable.ts";
import type { InspectedLayer } from "../inspect/inspection.ts";
import type { Digest } from "../oci/digest.ts";
import { align, type Pair } from "./align.ts";
import type { Comparison, LayerChange, Side } from "./comparison.ts";
import { isDrift } from "./drift.ts";

/**
 * Pairs the layers of head and base. Returns the head's layers in order, then the removed ones. Layers with
 * the same diff ID are the same, wherever they are. The image's other own layers are paired in order by the
 * whole text of their instruction. Those between such pairs are paired by its gist, because an edited line is
 * a change, not a new layer.
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

  // Whether all layers below equal the base's, one by one, except for drift.
  let isUndisturbed = true;
  const kept = head.map((layer, index): LayerChange => {
    const partner = partners.get(index) ?? null;
    const before = partner === null ? undefined : base[partner];
    isUndisturbed &&= partner === index;
    const kind = kindOf(layer, before, index);
    isUndisturbed &&= kind === "same" || kind === "drift";
    return {
      kind,
      head: index,
      base: partner,
      ...provenanceOf(layer),
      difference: layer.size - (before?.size ?? 0),
    };
  });
  const removed = base.flatMap((layer, index): readonly LayerChange[] =>
    paired.has(index)
      ? []
      : [{ kind: "removed", head: null, base: index, ...provenanceOf(layer), difference: -layer.size }],
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
  // The layers of a base image that moved are paired in order, whatever their text is.
  const moved = hasMoved
    ? align(others(head, "head", true), others(base, "base", true), [() => "base image"])
    : [];
  return [...same, ...similar, ...moved];

  function layerOf(side: "head" | "base", index: number): InspectedLayer | undefined {
    return (side === "head" ? head : base)[index];
  }
}

/**
 * Returns what usually stays when a line is edited: the command that runs, or the destination of a copy and
 * its source stage. If the destination is a directory, which several lines may have, the first source counts,
 * too.
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
  const target = destination.replace(/^(?:\.\/)+(?=.)|(?<=.)\/+$/g, "");
  // The builder before BuildKit records only a hash of what it copied: `COPY file:… in /app`.
  const isHash = paths.at(-2) === "in";
  return [keyword, ...from, target, ...(isDirectory && !isHash ? paths.slice(0, 1) : [])].join(" ");
}

/** Pairs each layer with the first free equal one. Empty layers, for example, may occur repeatedly. */
function pairByDiffId(head: readonly InspectedLayer[], base: readonly InspectedLayer[]): readonly Pair[] {
  const free = new Map<Digest, number[]>();
  for (const [index, { diffId }] of base.entries()) {
    const same = free.get(diffId);
    if (same === undefined) free.set(diffId, [index]);
    else same.push(index);
  }
  return head.flatMap(({ diffId }, index): readonly Pair[] => {
    const partner = free.get(diffId)?.shift();
    return partner === undefined ? [] : [[index, partner]];
  });
}

function provenanceOf({
  origin,
  createdBy,
  line,
}: InspectedLayer): Pick<LayerChange, "origin" | "createdBy" | "line"> {
  return { origin, createdBy, line };
}
