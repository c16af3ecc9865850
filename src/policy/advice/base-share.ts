import type { Inspection } from "../../inspect/inspection.ts";
import { readableReference } from "../../oci/reference.ts";
import { type Sentence, say } from "../sentence.ts";
import { isWorthIt, sizeOf } from "./own-layers.ts";

/** Says how much the base image is of the image, after a space. Empty if that is unknown, or not worth a sentence. */
export function shareOfBase(head: Inspection): Sentence {
  const size = sizeOf(head, (layer) => layer.origin === "base-image");
  if (head.baseImage === null || size === 0 || !isWorthIt(size, head)) return [];
  return say` ${readableReference(head.baseImage.resolved)} alone is ${{ bytes: size }} of ${{ bytes: head.size }}.`;
}
