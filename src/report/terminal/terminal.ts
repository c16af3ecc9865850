import type { Audit } from "../../policy/audit-record.ts";
import type { Verdict } from "../../policy/finding.ts";
import { inspectionReport, type NamedInspection } from "../model/inspection.ts";
import { overviewOf } from "../model/overview.ts";
import { makeReport, nothingAudited, type Report } from "../model/report.ts";
import { inText } from "../text/sentence.ts";
import { factLines } from "./facts.ts";
import {
  adviceLines,
  fileLines,
  layerLines,
  noteLines,
  packageLines,
  quotedLines,
  sizeChangeLines,
  stepLines,
} from "./parts.ts";
import { type Looks, makePen, mark, type Pen } from "./pen.ts";
import { inLines, section } from "./sections.ts";
import { wrap } from "./text-layout.ts";

/** Renders an audit or an inspection for a terminal, with the same content and order as the comment. */
export function renderTerminal(what: Audit | NamedInspection, looks: Looks): string {
  const pen = makePen(looks);
  const lines = isAudit(what) ? auditLines(makeReport(what, "this change"), pen) : inspectionLines(what, pen);
  return inLines(lines);
}

function isAudit(what: Audit | NamedInspection): what is Audit {
  return "images" in what;
}

function auditLines(report: Report, pen: Pen): readonly string[] {
  if (report.error !== null || report.images.length === 0) {
    const { said, lines } = report.error ?? nothingAudited;
    return [headline(report.verdict, inText(said, pen.code), pen), ...quotedLines(lines, pen)];
  }
  const overview = report.images.length > 1 ? [headline(report.verdict, overviewOf(report), pen), ""] : [];
  const images = report.images.flatMap((image, index) => [
    ...(index === 0 ? [] : [""]),
    headline(image.verdict, inText(image.headline, pen.paint.bold), pen),
    ...(image.missingBase === null
      ? []
      : [
          "",
          `  ${wrap(`No base to compare with. ${inText(image.missingBase.said, pen.code)}`, pen.columns, 2, 2)}`,
          ...quotedLines(image.missingBase.lines, pen),
        ]),
    ...section("", factLines(image.rows, image.titles, pen), pen),
    ...(image.sizeChanges === null
      ? []
      : section(`What ${image.sizeChanges.direction}`, sizeChangeLines(image.sizeChanges, pen), pen)),
    ...section("What to do", stepLines(image.advice, pen), pen),
    ...section("Layers", layerLines(image.layers, pen), pen),
    ...(image.packages === null ? [] : section(image.packages.title, packageLines(image.packages, pen), pen)),
    ...image.files.flatMap((list) => section(list.title, fileLines(list, pen), pen)),
    ...(image.waste === null ? [] : section(image.waste.title, adviceLines(image.waste.lines, pen), pen)),
    ...section("How this was measured", noteLines(image.measured.facts, pen), pen),
  ]);
  return [...overview, ...images, ...section("Policy", adviceLines(report.policy, pen), pen)];
}

function inspectionLines(named: NamedInspection, pen: Pen): readonly string[] {
  const { headline, rows, layers, waste, notes } = inspectionReport(named);
  return [
    wrap(inText(headline, pen.paint.bold), pen.columns, 2),
    ...section("", factLines(rows, { base: null, head: [] }, pen), pen),
    ...section("Layers", layerLines(layers, pen), pen),
    ...(waste === null ? [] : section(waste.title, adviceLines(waste.lines, pen), pen)),
    ...section("Notes", noteLines(notes, pen), pen),
  ];
}

function headline(verdict: Verdict, text: string, pen: Pen): string {
  return wrap(`${pen.paint.bold(mark(verdict, pen))}  ${text}`, pen.columns, 2);
}
