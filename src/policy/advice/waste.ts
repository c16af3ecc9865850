import type { InspectedLayer, Inspection } from "../../inspect/inspection.ts";
import type { WasteCause } from "../../inspect/waste.ts";
import { type Sentence, say } from "../sentence.ts";
import { instructionOf, isWorthIt } from "./own-layers.ts";

/** Returns how to avoid the largest waste of the image's own layers, at most three ways, the largest first. */
export function lessWaste(head: Inspection): readonly Sentence[] {
  return head.waste.causes
    .filter(({ wastedBy }) => head.layers[wastedBy]?.origin !== "base-image")
    .slice(0, maxAdvice)
    .map((cause) => adviceOn(cause, head));
}

/** Returns the same as `lessWaste`, without what saves less than a hundredth of the image. */
export function lessLargeWaste(head: Inspection): readonly Sentence[] {
  const causes = head.waste.causes.filter(({ bytes }) => bytes > 0 && isWorthIt(bytes, head));
  return lessWaste({ ...head, waste: { ...head.waste, causes } });
}

/** Names a layer for people: `line 4`, `layer 2`, or the base image. */
export function layerName(head: Inspection, index: number): Sentence {
  const layer = head.layers[index];
  if (layer?.origin === "base-image") return ["the base image"];
  return layer?.line == null ? say`layer ${index + 1}` : say`line ${layer.line}`;
}

const maxAdvice = 3;

function adviceOn({ kind, bytes: size, layer, wastedBy }: WasteCause, head: Inspection): Sentence {
  const bytes = { bytes: size };
  const writer = layerName(head, layer);
  const waster = capitalised(layerName(head, wastedBy));
  const written = head.layers[layer];
  const isOwn = written?.origin !== "base-image";
  if (layer === wastedBy)
    return say`${waster} holds ${bytes} twice under the same paths: write each file once.`;
  switch (kind) {
    case "deleted":
      return isOwn
        ? say`${waster} deletes ${bytes} that ${writer} wrote, and they stay in the image: delete them in ${writer}${sameRun(written)}.`
        : say`${waster} deletes ${bytes} of the base image, and they stay in the image: choose a base image without them.`;
    case "metadata-only":
      return isOwn
        ? say`${waster} holds ${bytes} of ${writer} again, with the same content: set mode and owner in ${writer}${flags(written)}.`
        : say`${waster} holds ${bytes} of the base image again, with the same content: leave their mode, owner and time as they are.`;
    case "overwritten":
      return isOwn
        ? say`${waster} overwrites ${bytes} that ${writer} wrote, and both stay in the image: write them once.`
        : say`${waster} overwrites ${bytes} of the base image, and both stay in the image: choose a base image that has what is needed.`;
  }
}

function sameRun(layer: InspectedLayer | undefined): Sentence {
  switch (keywordOf(layer)) {
    case "RUN":
      return say`, in the same ${"RUN"}`;
    case "COPY":
    case "ADD":
      return say`, or do not copy them`;
    default:
      return [];
  }
}

function flags(layer: InspectedLayer | undefined): Sentence {
  const keyword = keywordOf(layer);
  switch (keyword) {
    case "RUN":
      return say`, in the same ${"RUN"}`;
    case "COPY":
    case "ADD":
      return say`, with ${`${keyword} --chmod`} and ${"--chown"}`;
    default:
      return [];
  }
}

function keywordOf(layer: InspectedLayer | undefined): string | null {
  return layer === undefined ? null : instructionOf(layer).keyword;
}

function capitalised([first = "", ...rest]: Sentence): Sentence {
  return typeof first === "string"
    ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest]
    : [first, ...rest];
}
