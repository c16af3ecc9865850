import type { BuildTool, Inspection } from "../../inspect/inspection.ts";
import { ownFirst } from "../../policy/origin.ts";
import { buildToolsOf } from "../../policy/rules/no-build-tools.ts";
import { leftoversOf } from "../../policy/rules/no-leftovers.ts";
import { secretsOf } from "../../policy/rules/no-secrets.ts";
import { setuidFiles } from "../../policy/rules/no-setuid.ts";
import type { Fact } from "../../policy/rules/rule.ts";
import { type Judged, remarksOf } from "./remarks.ts";
import { countRow, type Row } from "./row.ts";

/** A number of the attack surface. */
interface Count {
  readonly label: string;
  readonly count: (image: Inspection) => number;
  /** what is counted, if each is listed */
  readonly items?: (image: Inspection) => readonly { readonly path: string; readonly layer: number }[];
  /** the fact that rules judge */
  readonly fact?: Fact;
}

const numbers: readonly Count[] = [
  { label: "Executables", count: ({ surface }) => surface.executables },
  {
    label: "Set-uid or set-gid",
    count: (image) => setuidFiles(image).length,
    items: setuidFiles,
    fact: "setuid",
  },
  {
    label: "Build tools",
    count: (image) => buildToolsOf(image).length,
    items: buildToolsOf,
    fact: "build-tools",
  },
  { label: "Leftovers", count: (image) => leftoversOf(image).length, items: leftoversOf, fact: "leftovers" },
  { label: "Secrets", count: (image) => secretsOf(image).length, items: secretsOf, fact: "secrets" },
  {
    label: "Unused interpreters",
    count: (image) => unusedInterpreters(image).length,
    items: unusedInterpreters,
  },
  {
    label: "File capabilities",
    count: ({ surface }) => surface.capabilities,
    items: ({ privileged }) => privileged.filter(({ by }) => by.includes("capabilities")),
  },
  {
    label: "World-writable",
    count: ({ surface }) => surface.worldWritableFiles + surface.worldWritableDirectories,
  },
];

/** Returns the rows of the numbers that changed or that a rule judges. */
export function surfaceRows(image: Judged): readonly Row[] {
  const { head, base } = image;
  return numbers.flatMap((number) => {
    const { label, count, fact } = number;
    const remarks = fact === undefined ? [] : remarksOf(image, fact);
    const before = base === null ? null : count(base);
    if (remarks.length === 0 && (before === null || before === count(head))) return [];
    return [{ ...countRow(label, count(head), before), details: detailsOf(number, head), remarks }];
  });
}

/** Returns the rows of one image. Only executables are worth a row if there are none. */
export function allSurfaceRows(image: Inspection): readonly Row[] {
  return numbers
    .filter(({ label, count }) => label === "Executables" || count(image) > 0)
    .map((number) => ({
      ...countRow(number.label, number.count(image), null),
      details: detailsOf(number, image),
    }));
}

function detailsOf({ items }: Count, image: Inspection): readonly string[] {
  return items === undefined ? [] : ownFirst(items(image), image).map(({ path }) => path);
}

/** Returns the interpreters that neither the command nor the health check uses, as far as that is known. */
function unusedInterpreters({ buildTools }: Inspection): readonly BuildTool[] {
  return buildTools.filter(({ kind, isUsed }) => kind === "interpreter" && isUsed === false);
}
