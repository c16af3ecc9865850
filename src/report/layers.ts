import { readInstruction } from "../audit/instruction.ts";
import type { Subject } from "../audit/judge.ts";
import { type Sentence, say } from "../audit/sentence.ts";

/** One layer, or several of the base image that are the same on both sides. Sizes are bytes. */
export interface LayerRow {
  /** `3`, `1–5`; empty for a layer that is gone */
  readonly number: string;
  readonly line: number | null;
  readonly what: Sentence;
  readonly base: number | null;
  readonly head: number | null;
  /** null where there is no base side */
  readonly difference: number | null;
  readonly note: string;
}

type Change = Pick<
  NonNullable<Subject["comparison"]>["layers"][number],
  "kind" | "origin" | "head" | "base" | "createdBy" | "line"
>;

/** The head's layers, lowest first, then those that are gone. */
export function layerRows({ head, base, comparison }: Subject): readonly LayerRow[] {
  const changes: readonly Change[] =
    comparison?.layers ??
    head.layers.map((layer, index) => ({ ...layer, kind: "added" as const, head: index, base: null }));
  const common = changes.findIndex(({ kind, origin }) => kind !== "same" || origin !== "base-image");
  const together = common === -1 ? changes.length : common;
  const rows = changes.slice(together > 1 ? together : 0).map(rowOf);
  if (together <= 1) return rows;
  const size = changes.slice(0, together).reduce((sum, change) => sum + sizeIn(head, change.head), 0);
  const what = say`base image, ${together} layers`;
  return [
    { number: `1–${together}`, line: null, what, base: size, head: size, difference: 0, note: "same" },
    ...rows,
  ];

  function rowOf(change: Change): LayerRow {
    const sizes = {
      head: change.head === null ? null : sizeIn(head, change.head),
      base: change.base === null || base === null ? null : sizeIn(base, change.base),
    };
    return {
      number: change.head === null ? "" : String(change.head + 1),
      line: change.head === null ? null : change.line,
      what: whatOf(change),
      ...sizes,
      difference: comparison === null ? null : (sizes.head ?? 0) - (sizes.base ?? 0),
      note:
        comparison === null
          ? ""
          : change.kind === "removed"
            ? "gone"
            : change.kind === "added"
              ? "new"
              : change.kind,
    };
  }
}

function whatOf({ createdBy, origin }: Change): Sentence {
  const instruction = instructionOf(createdBy);
  if (origin !== "base-image") return instruction ?? unknownInstruction;
  return instruction === null ? say`base image` : say`base image: ${instruction}`;
}

/** What made a layer; null where its history is missing or empty, as in images that no Dockerfile made. */
export function instructionOf(createdBy: string | null): Sentence | null {
  const text = createdBy === null ? "" : readInstruction(createdBy).text;
  return text === "" ? null : say`${text}`;
}

export const unknownInstruction: Sentence = ["unknown instruction"];

function sizeIn(inspection: Subject["head"], index: number | null): number {
  return inspection.layers[index ?? -1]?.size ?? 0;
}
