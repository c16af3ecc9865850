import type { Inspection } from "../../inspect/inspection.ts";
import { inspectionReport } from "../model/inspection.ts";
import { inMarkdown } from "../text/sentence.ts";
import { bullets, factsTable } from "./blocks.ts";
import { layersTable } from "./layers.ts";

export function renderInspectionMarkdown(name: string, inspection: Inspection): string {
  const { headline, rows, layers, waste, notes } = inspectionReport({ name, inspection });
  const titles = { base: null, head: [] };
  const blocks = [
    `### ${inMarkdown(headline)}`,
    factsTable(rows, titles),
    ...(layers.length === 0 ? [] : ["**Layers**", layersTable(layers, layers.length, true)]),
    ...(waste === null ? [] : [`**${waste.title}**`, bullets(waste.lines)]),
    ...(notes.length === 0 ? [] : ["**Notes**", bullets(notes)]),
  ];
  return `${blocks.join("\n\n")}\n`;
}
