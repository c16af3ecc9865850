import { type HistoryInstruction, readHistory } from "../../dockerfile/history/readable.ts";
import type { InspectedLayer, Inspection } from "../../inspect/inspection.ts";
import { parseReference } from "../../oci/reference.ts";

/** Returns the layers that are not certain to be the base image's. */
export function ownLayers({ layers }: Inspection): readonly InspectedLayer[] {
  return layers.filter(({ origin }) => origin !== "base-image");
}

export function instructionOf({ createdBy }: InspectedLayer): HistoryInstruction {
  return readHistory(createdBy ?? "");
}

/** Returns the commands of the image's own RUN instructions. */
export function ownCommands(head: Inspection): readonly string[] {
  const instructions = ownLayers(head).map(instructionOf);
  return instructions.flatMap(({ keyword, text }) => (keyword === "RUN" ? [text] : []));
}

/** Returns the layers' payload in bytes. */
export function sizeOf(head: Inspection, belongs: (layer: InspectedLayer) => boolean): number {
  return head.layers.filter(belongs).reduce((sum, { size }) => sum + size, 0);
}

/** Reports whether bytes are a hundredth of the image or more; less is not worth a sentence. */
export function isWorthIt(bytes: number, head: Inspection): boolean {
  return bytes * 100 >= head.size;
}

/** Reports whether the layer installs packages of a distribution. */
export function installs(layer: InspectedLayer): boolean {
  return /\b(?:apt|apt-get|apk|dnf|microdnf|yum|zypper|tdnf)\b[^&|;]{0,200}\b(?:install|add)\b/.test(
    instructionOf(layer).text,
  );
}

/**
 * Reports whether the layer is certain to copy files of the build context. No ignore file keeps out files of
 * other stages or of the network.
 */
export function copiesContext(layer: InspectedLayer): boolean {
  const { keyword, text } = instructionOf(layer);
  if (layer.origin !== "own" || (keyword !== "COPY" && keyword !== "ADD")) return false;
  // The source may be a stage or an inline document. For ADD it may be a URL, also in a variable.
  if (/\s(?:--from\b|<<)/i.test(text)) return false;
  return keyword === "COPY" || !/\s["']?(?:\w+:\/\/|git@|\$)/i.test(text);
}

/** Name and tag of the base image; null if it is unknown, or scratch. */
export function baseReference({ baseImage }: Inspection): {
  readonly name: string;
  readonly tag: string;
} | null {
  const reference =
    baseImage === null || baseImage.resolved === "scratch" ? null : parseReference(baseImage.resolved);
  return reference === null ? null : { name: reference.name, tag: reference.tag ?? "latest" };
}
