import { commandOf, userOf, workingDirectoryOf } from "../../compare/runtime.ts";
import type { Inspection } from "../../inspect/inspection.ts";
import type { Subject } from "../../policy/finding.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import { commandLine } from "../text/command-line.ts";
import { type Judged, remarksOf } from "./remarks.ts";
import type { Row } from "./row.ts";

/**
 * Returns rows for what a container runs, for its user if that differs from the base's or is judged, and for its
 * directory if it differs.
 */
export function runtimeRows(image: Judged): readonly Row[] {
  const { head, base } = image;
  const remarks = remarksOf(image, "user");
  const differs = (fact: (image: Inspection) => string) => base !== null && fact(head) !== fact(base);
  return [
    rowOf("Runs", runs, image),
    ...(differs(userOf) || remarks.length > 0 ? [{ ...rowOf("User", user, image), remarks }] : []),
    ...(differs(workingDirectoryOf) ? [rowOf("Working directory", workingDirectory, image)] : []),
  ];
}

function rowOf(label: string, cellOf: (image: Inspection) => Sentence, { head, base }: Subject): Row {
  const cells = { head: cellOf(head), base: base === null ? [] : cellOf(base) };
  const isSame = JSON.stringify(cells.head) === JSON.stringify(cells.base);
  const change = base === null ? [] : [isSame ? "same" : "changed"];
  return { label, ...cells, details: [], change, remarks: [] };
}

function runs(image: Inspection): Sentence {
  return commandLine(commandOf(image), image.program);
}

export function user(image: Inspection): Sentence {
  const name = userOf(image);
  if (name === "root") return [name];
  return image.runsAs.isRoot ? say`${name} (root)` : say`${name}`;
}

export function workingDirectory(image: Inspection): Sentence {
  return say`${workingDirectoryOf(image)}`;
}
