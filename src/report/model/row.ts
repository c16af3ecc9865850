import type { Verdict } from "../../policy/finding.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import { formatCountChange } from "../text/format.ts";

/** One line of the table. Without a base, `base` and `change` are empty. */
export interface Row {
  readonly label: string;
  readonly base: Sentence;
  readonly head: Sentence;
  /** all paths behind `head`, if a word alone is not enough */
  readonly details: readonly string[];
  readonly change: Sentence;
  readonly remarks: readonly Remark[];
}

export interface Remark {
  /** null if it is not from a rule */
  readonly verdict: Verdict | null;
  readonly text: Sentence;
}

/** `a, b and 12 more` */
export function firstDetails({ details }: Row): Sentence {
  const shown = details.length > 3 ? 2 : details.length;
  const rest = details.length - shown;
  const paths = details
    .slice(0, shown)
    .flatMap((path, index) => (index === 0 ? say`${path}` : say`, ${path}`));
  return [...paths, ...(rest > 0 ? [` and ${rest} more`] : [])];
}

/** Returns a row of a number, such as that of layers. */
export function countRow(label: string, head: number, base: number | null): Row {
  const change = base === null ? [] : [head === base ? "same" : formatCountChange(head - base)];
  return { label, base: textCell(base), head: textCell(head), details: [], change, remarks: [] };
}

export function textCell(value: string | number | null | undefined): Sentence {
  return value === null || value === undefined ? [] : [String(value)];
}
