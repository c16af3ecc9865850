import type { Start, StartLink } from "../../inspect/start/start.ts";
import { healthcheckSentence } from "../../policy/rules/healthcheck.ts";
import { problemSentence, remedyFor } from "../../policy/rules/start-words.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import { inText } from "../text/sentence.ts";
import { adviceLines } from "./parts.ts";
import { type Looks, makePen, type Pen } from "./pen.ts";
import { inLines, section } from "./sections.ts";
import { wrap } from "./text-layout.ts";

/** A proof of whether an image can start, and the image that it is about. */
export interface NamedStart {
  /** the image as the user named it */
  readonly name: string;
  readonly platform: string;
  /** the instruction that names the program, for advice */
  readonly instruction: "ENTRYPOINT" | "CMD";
  readonly start: Start;
}

/** Renders a proof: a tree like that of lddtree(1), the verdict, and the reasons. */
export function renderStart(named: NamedStart, looks: Looks): string {
  const pen = makePen(looks);
  const { problems, unproven, hints, chain, healthcheck } = named.start;
  const allHints = [
    ...hints.map(asSentence),
    ...(healthcheck === undefined ? [] : [healthcheckSentence(healthcheck)]),
  ];
  const lines = [
    ...treeLines(chain, pen),
    ...(chain.length === 0 ? [] : [""]),
    wrap(verdictLine(named, pen), pen.columns, 2),
    ...section(
      "Why, and what to do",
      adviceLines(
        problems.map(
          (problem) =>
            say`${problemSentence(problem)} ${remedyFor(problem, named.platform, named.instruction)}`,
        ),
        pen,
      ),
      pen,
    ),
    ...section("Not proven", adviceLines(unproven.map(asSentence), pen), pen),
    ...section("Hints", adviceLines(allHints, pen), pen),
  ];
  return inLines(lines);
}

function verdictLine({ name, start }: NamedStart, { paint, code }: Pen): string {
  switch (start.verdict) {
    case "yes":
      return `${paint.bold(paint.green("✓"))} ${inText(say`${name} can start: its program, interpreters and libraries are in the image. Nothing was run.`, code)}`;
    case "no":
      return `${paint.bold(paint.red("✗"))} ${inText(say`${name} cannot start.`, code)}`;
    case "unknown":
      return `${paint.bold(paint.yellow("?"))} ${inText(say`Whether ${name} can start is not proven. That is not a failure: the exit status is 0.`, code)}`;
  }
}

function asSentence(words: string): Sentence {
  return say`${{ words }}`;
}

/** Renders each link below the link that needs it. */
function treeLines(chain: readonly StartLink[], pen: Pen): readonly string[] {
  const below = new Map<StartLink | null, StartLink[]>();
  const opened = new Map<string, StartLink>();
  for (const link of chain) {
    const parent = (link.neededBy === null ? null : opened.get(link.neededBy)) ?? null;
    const siblings = below.get(parent);
    if (siblings === undefined) below.set(parent, [link]);
    else siblings.push(link);
    if (link.isFound) opened.set(link.path, link);
  }
  const lines: string[] = [];
  const rest = (below.get(null) ?? []).map((link) => ({ link, level: 0 })).toReversed();
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { link, level } = next;
    lines.push(`${"    ".repeat(Math.min(level, maxLevels))}${linkText(link, pen)}`);
    for (const child of (below.get(link) ?? []).toReversed()) rest.push({ link: child, level: level + 1 });
  }
  return lines;
}

/** Deeper links are not indented further. */
const maxLevels = 12;

function linkText({ kind, path, needs, isFound }: StartLink, { paint, code }: Pen): string {
  if (!isFound) return `${inText(say`${needs}`, code)} => ${paint.bold(paint.red("not found"))}`;
  const target = needs === path ? say`${needs}` : say`${needs} => ${path}`;
  return `${inText(target, code)}${kind === "library" || kind === "program" ? "" : ` (${kind})`}`;
}
