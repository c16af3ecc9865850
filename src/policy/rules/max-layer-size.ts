import type { Inspection } from "../../inspect/inspection.ts";
import { slimming } from "../advice/slimming.ts";
import { layerName } from "../advice/waste.ts";
import { headroom } from "../headroom.ts";
import { maxBytes } from "../limit.ts";
import { say } from "../sentence.ts";
import { explainPointers, type PointersReason, pointersReason, unlessPointers } from "./lfs.ts";
import type { Rule } from "./rule.ts";

export const maxLayerSize: Rule<"max-layer-size", number, number, PointersReason> = {
  id: "max-layer-size",
  about: "layer-size",
  title: "No layer of the image is larger than a limit",
  meaning:
    "Fails when the uncompressed payload of a layer is above the limit. Every layer counts, those of the base image as well: each is pulled as a whole.",
  input: {
    description: "Maximum size of each layer, uncompressed.",
    value: "size",
    type: maxBytes,
  },
  reasons: [pointersReason],
  evaluate: ({ head }, limit) => {
    const actual = head.layers[largestLayer(head)]?.size ?? 0;
    return unlessPointers(
      { rule: "max-layer-size", verdict: actual > limit ? "fail" : "pass", actual, limit },
      head,
    );
  },
  explain: (finding, subject) => {
    const pointers = explainPointers(finding);
    if (pointers !== null) return pointers;
    const actual = finding.actual ?? 0;
    const limit = { bytes: finding.limit, unlike: actual };
    const remark = say`limit ${limit}`;
    if (finding.verdict === "pass") {
      const sentence = say`Each layer is within the limit of ${limit}.`;
      return { remark: headroom(actual, limit), short: remark, sentence, advice: [] };
    }
    const { head } = subject;
    const count = head.layers.filter(({ size }) => size > finding.limit).length;
    const others = count > 1 ? say` ${count} layers are over it.` : [];
    return {
      remark,
      short: say`a layer is over its limit of ${limit}`,
      sentence: say`The largest layer, of ${layerName(head, largestLayer(head))}, is ${{ bytes: actual, unlike: finding.limit }}, over the ${finding.rule} of ${limit}.${others}`,
      advice: slimming(subject),
    };
  },
};

/** Returns the index of the largest layer, the lowest of several; 0 if there is none. */
export function largestLayer({ layers }: Inspection): number {
  const sizes = layers.map(({ size }) => size);
  return Math.max(0, sizes.indexOf(Math.max(0, ...sizes)));
}
