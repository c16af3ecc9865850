import { commandOf, userOf, workingDirectoryOf } from "../../compare/runtime.ts";
import type { Inspection } from "../../inspect/inspection.ts";
import type { Subject } from "../../policy/finding.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import { commandLine } from "../text/command-line.ts";
import type { Row } from "./row.ts";

/** Returns rows for what a container runs, and for its user and directory if they differ from the base's. */
export function runtimeRows(subject: Subject): readonly Row[] {
  const { head, base } = subject;
  const differs = (fact: (image: Inspection) => string) => base !== null && fact(head) !== fact(base);
  return [
    rowOf("Runs", runs, subject),
    ...(differs(userOf) ? [rowOf("User", user, subject)] : []),
    ...(differs(workingDirectoryOf) ? [rowOf("Working directory", workingDirectory, subject)] : []),
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
  return name === "root" ? [name] : say`${name}`;
}

export function workingDirectory(image: Inspection): Sentence {
  return say`${workingDirectoryOf(image)}`;
}
