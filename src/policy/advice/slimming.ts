import type { Inspection } from "../../inspect/inspection.ts";
import type { Subject } from "../finding.ts";
import type { Sentence } from "../sentence.ts";
import { smallerBaseImage } from "./base-image.ts";
import { heaviestOwnLayer, smallerLayer } from "./layers.ts";
import { installs, isWorthIt, sizeOf } from "./own-layers.ts";
import { withoutCaches } from "./package-caches.ts";
import { otherStage } from "./second-stage.ts";
import { lessLargeWaste } from "./waste.ts";

/** Returns at most three ways to make the image smaller, the most telling first. */
export function slimming(subject: Subject): readonly Sentence[] {
  const { head } = subject;
  const stage = isWorthAStage(head) ? otherStage(head) : [];
  const base = stage.length > 0 ? [] : smallerBaseImage(head);
  const layer = smallerLayer(subject, stage.length > 0);
  const said = new Set(layer.length > 0 ? [heaviestOwnLayer(subject) ?? -1] : []);
  const waste = lessLargeWaste(head).slice(0, 1);
  return [...stage, ...layer, ...withoutCaches(head, said), ...waste, ...base].slice(0, 3);
}

/** Reports whether at least a hundredth of the image is base image or packages, or may be. */
function isWorthAStage(head: Inspection): boolean {
  const rest = sizeOf(head, (layer) => layer.origin !== "own" || installs(layer));
  return head.distroless.verdict !== "yes" && isWorthIt(rest, head);
}
