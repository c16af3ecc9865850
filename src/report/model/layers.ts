import { readHistory } from "../../dockerfile/history/readable.ts";
import type { Subject } from "../../policy/finding.ts";
import { type Sentence, say } from "../../policy/sentence.ts";

/** One layer, or several adjacent ones of the base image with the same kind of change. Sizes are bytes. */
export interface LayerRow {
  /** `3`, `1–5`; empty for a layer that is gone */
  readonly number: string;
  /** number of layers in this row */
  readonly count: number;
  readonly line: number | null;
  readonly what: Sentence;
  readonly base: number | null;
  readonly head: number | null;
  /** null if there is no base side */
  readonly difference: number | null;
  readonly note: string;
}

type Change = Pick<
  NonNullable<Subject["comparison"]>["layers"][number],
  "kind" | "origin" | "head" | "base" | "createdBy" | "line"
>;

/** Lists the head's layers, lowest first, then those that are gone. */
export function layerRows({ head, base, comparison }: Subject): readonly LayerRow[] {
  const changes: readonly Change[] =
    comparison?.layers ??
    head.layers.map((layer, index) => ({ ...layer, kind: "added" as const, head: index, base: null }));
  return grouped(changes).map((group) => {
    const sizes = {
      head: sumOf(group.map((change) => sizeIn(head, change.head))),
      base: sumOf(group.map((change) => sizeIn(base, change.base))),
    };
    return {
      number: numberOf(group),
      count: group.length,
      line: group.length > 1 || group[0].head === null ? null : group[0].line,
      what: group.length > 1 ? say`base image, ${group.length} layers` : whatOf(group[0]),
      ...sizes,
      difference: comparison === null ? null : (sizes.head ?? 0) - (sizes.base ?? 0),
      note: comparison === null ? "" : noteOf(group[0].kind, sizes),
    };
  });
}

/** Counts the layers of a list: `5`, or `5, and 2 gone`. */
export function layerTotal(rows: readonly LayerRow[]): string {
  const count = (isGone: boolean) =>
    rows.reduce((sum, row) => sum + ((row.number === "") === isGone ? row.count : 0), 0);
  return `${count(false)}${count(true) === 0 ? "" : `, and ${count(true)} gone`}`;
}

type Group = readonly [Change, ...Change[]];

/** Groups a base image's layers, which tell a reader little one by one. */
function grouped(changes: readonly Change[]): readonly Group[] {
  const groups: [Change, ...Change[]][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const isLike = change.origin === "base-image" && last?.[0].origin === "base-image";
    if (isLike && last[0].kind === change.kind) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function numberOf(group: Group): string {
  const [first, last] = [group[0].head, group.at(-1)?.head ?? null];
  if (first === null || last === null) return "";
  return first === last ? `${first + 1}` : `${first + 1}–${last + 1}`;
}

function noteOf(kind: Change["kind"], sizes: Pick<LayerRow, "head" | "base">): string {
  switch (kind) {
    case "removed":
      return "gone";
    case "added":
      return "new";
    // A change without bytes, such as a directory's new time, interests nobody.
    case "changed":
      return sizes.head === 0 && sizes.base === 0 ? "" : "changed";
    default:
      return kind;
  }
}

/** Adds up sizes; null if the side has none of them. */
function sumOf(sizes: readonly (number | null)[]): number | null {
  return sizes.reduce((sum, size) => (size === null ? sum : (sum ?? 0) + size), null);
}

function whatOf({ createdBy, origin }: Change): Sentence {
  const instruction = instructionOf(createdBy);
  if (origin !== "base-image") return instruction ?? unknownInstruction;
  return instruction === null ? say`base image` : say`base image: ${instruction}`;
}

/** Returns what made a layer; null if its history is missing or empty, as without a Dockerfile. */
export function instructionOf(createdBy: string | null): Sentence | null {
  const text = createdBy === null ? "" : readHistory(createdBy).text;
  return text === "" ? null : say`${text}`;
}

export const unknownInstruction: Sentence = ["unknown instruction"];

function sizeIn(side: Subject["base"], index: number | null): number | null {
  return index === null ? null : (side?.layers[index]?.size ?? null);
}
