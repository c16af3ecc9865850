import type { Inspection } from "../../inspect/inspection.ts";
import { problemSentence } from "../../policy/rules/start-words.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import { type LayerRow, layerRows } from "./layers.ts";
import { startNotes } from "./measured.ts";
import type { Row } from "./row.ts";
import { rowsOf } from "./rows.ts";
import { user, workingDirectory } from "./runtime-rows.ts";
import { allSurfaceRows } from "./surface-rows.ts";
import { type WasteReport, wasteReport } from "./waste.ts";

/** One image's facts, and the name that the user gave. */
export interface NamedInspection {
  readonly name: string;
  readonly inspection: Inspection;
}

/** The report on one image alone. */
export interface InspectionReport {
  readonly headline: Sentence;
  readonly rows: readonly Row[];
  readonly layers: readonly LayerRow[];
  readonly waste: WasteReport | null;
  readonly notes: readonly Sentence[];
}

export function inspectionReport({ name, inspection }: NamedInspection): InspectionReport {
  const subject = { head: inspection, base: null, baseMissing: null, comparison: null };
  const words = { yes: "distroless", no: "not distroless", unknown: "maybe distroless" };
  return {
    headline: say`${name} is ${{ bytes: inspection.size }}, ${[words[inspection.distroless.verdict]]}`,
    rows: [...rowsOf({ ...subject, findings: [] }), ...furtherRows(inspection)],
    layers: layerRows(subject),
    waste: wasteReport(inspection),
    notes: [
      ...inspection.start.problems
        .slice(0, maxProblems)
        .map((problem) => say`Cannot start: ${problemSentence(problem)}`),
      ...startNotes(inspection),
      ...inspection.packagesUnread
        .slice(0, maxProblems)
        .map(({ path, detail }) => say`Packages are missing: ${path} ${{ words: detail }}.`),
      ...inspection.notes.map((note) => say`${{ words: note }}`),
    ],
  };
}

const maxProblems = 5;

function furtherRows(inspection: Inspection): readonly Row[] {
  const { unpackedSize, platform, family, imageFamily, gitDirectories, digest, configDigest } = inspection;
  const { packages } = inspection;
  return [
    row("Unpacked size", [{ bytes: unpackedSize }]),
    row("Wasted bytes", [{ bytes: inspection.waste.bytes }]),
    // Rounded down: only an image without waste has 100%.
    row("dive's efficiency", [`${Math.floor(inspection.waste.dive.efficiency * 1000) / 10}%`]),
    row("Platform", say`${platform}`),
    row("Operating system", family === null ? say`none` : say`${family}`),
    ...(imageFamily === null
      ? []
      : [{ ...row("Family", [imageFamily.label]), details: imageFamily.evidence }]),
    row("Packages", [`${packages.length}${packages.length === 0 ? "" : ` (${countsByType(packages)})`}`]),
    row("User", user(inspection)),
    row("Working directory", workingDirectory(inspection)),
    ...allSurfaceRows(inspection),
    ...(gitDirectories.length === 0
      ? []
      : [
          {
            ...row("Git history", [{ bytes: gitDirectories.reduce((sum, { bytes }) => sum + bytes, 0) }]),
            details: gitDirectories.map(({ path }) => path),
          },
        ]),
    row(digest === null ? "Config" : "Manifest", say`${digest ?? configDigest}`),
  ];
}

/** `120 deb, 31 npm` */
function countsByType(packages: Inspection["packages"]): string {
  return [...Map.groupBy(packages, ({ type }) => type)]
    .map(([type, { length }]) => `${length} ${type}`)
    .join(", ");
}

function row(label: string, head: Sentence): Row {
  return { label, base: [], head, details: [], change: [], remarks: [] };
}
