import type { Inspection } from "../../inspect/inspection.ts";
import { layerName } from "../advice/waste.ts";
import { say } from "../sentence.ts";
import { sizeLimit } from "./size-limit.ts";

export const maxLayerSize = sizeLimit({
  id: "max-layer-size",
  about: "layer-size",
  title: "No layer of the image is larger than a limit",
  meaning:
    "Fails when the uncompressed payload of a layer is above the limit. Every layer counts, those of the base image as well: each is pulled as a whole.",
  description: "Maximum size of each layer, uncompressed.",
  sizeOf: largestLayerSize,
  within: "Each layer is within the limit of",
  over: ({ actual, limit }, head) => {
    const count = head.layers.filter(({ size }) => size > limit.bytes).length;
    const others = count > 1 ? say` ${count} layers are over it.` : [];
    const layer = head.layers.findIndex(({ size }) => size === actual.bytes);
    return {
      short: say`a layer is over its limit of ${limit}`,
      sentence: say`The largest layer, of ${layerName(head, layer)}, is ${actual}, over the ${"max-layer-size"} of ${limit}.${others}`,
    };
  },
});

/** Returns the size of the largest layer, in bytes; 0 if there is none. */
export function largestLayerSize({ layers }: Inspection): number {
  return Math.max(0, ...layers.map(({ size }) => size));
}
