import type { Inspection } from "../../inspect/inspection.ts";
import { isPinned, readableReference } from "../../oci/reference.ts";
import { culpritOf } from "../../policy/rules/start-words.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import { formatCountChange } from "../text/format.ts";
import { bytesRow, judgedByteRows } from "./byte-rows.ts";
import { type Judged, remarksOf } from "./remarks.ts";
import { countRow, type Row, textCell } from "./row.ts";
import { runtimeRows } from "./runtime-rows.ts";
import { surfaceRows } from "./surface-rows.ts";

/** Returns the rows of the table, one per fact. Limits are next to the values that they are about. */
export function rowsOf(image: Judged): readonly Row[] {
  const facts = [sizeRow, pullSizeRow, distrolessRow, startsRow, baseImageRow, layersRow, stagesRow]
    .map((row) => row(image))
    .filter((row) => row !== null);
  return [...facts, ...judgedByteRows(image), ...surfaceRows(image), ...runtimeRows(image)];
}

function sizeRow(image: Judged): Row {
  const { comparison, head, base } = image;
  const remarks = remarksOf(image, "size");
  const exempt = comparison?.baseImage.kind === "moved" ? comparison.split.baseImage : 0;
  const drift = comparison?.split.drift ?? 0;
  return {
    ...bytesRow("Image size", head.size, base?.size ?? null),
    remarks: [
      ...remarks,
      ...(exempt === 0
        ? []
        : [{ verdict: null, text: say`${{ change: exempt }} from the moved base image` }]),
      ...(drift === 0 ? [] : [{ verdict: null, text: say`${{ change: drift }} from drift` }]),
    ],
  };
}

function pullSizeRow(image: Judged): Row | null {
  const { head, base, comparison } = image;
  const remarks = remarksOf(image, "pull-size");
  if (head.pullSize === null && (base?.pullSize ?? null) === null && remarks.length === 0) return null;
  const row = bytesRow(
    "Pull size",
    head.pullSize?.bytes ?? null,
    base === null ? null : (base.pullSize?.bytes ?? null),
  );
  const update = comparison?.updateSize ?? null;
  return {
    ...row,
    base: base === null ? [] : estimated(row.base, base.pullSize),
    head: estimated(row.head, head.pullSize),
    remarks: [
      ...remarks,
      ...(update === null || update === 0
        ? []
        : [{ verdict: null, text: say`${{ bytes: update }} to update` }]),
    ],
  };
}

function estimated(cell: Sentence, pull: Inspection["pullSize"]): Sentence {
  if (pull === null) return say`unknown`;
  return pull.exact ? cell : ["~", ...cell];
}

function distrolessRow(image: Judged): Row {
  const { head, base, comparison } = image;
  // One shell and one package manager come first, since the cell shows only a few.
  const [shell, ...shells] = head.shells;
  const [manager, ...managers] = head.packageManagers;
  const programs = [shell, manager, ...shells, ...managers].flatMap((program) => program?.path ?? []);
  const unread = head.distroless.evidence.filter(({ kind }) => kind === "unread").map(({ path }) => path);
  const appeared =
    comparison === null ? [] : [...comparison.shells.appeared, ...comparison.packageManagers.appeared];
  const gone = comparison === null ? [] : [...comparison.shells.gone, ...comparison.packageManagers.gone];
  return {
    label: "Distroless",
    base: base === null ? [] : [base.distroless.verdict],
    head: [head.distroless.verdict],
    details: programs.length > 0 ? programs : unread,
    change:
      base === null
        ? []
        : [
            programChange(appeared.length, gone.length) ??
              (base.distroless.verdict === head.distroless.verdict ? "same" : "changed"),
          ],
    remarks: remarksOf(image, "distroless"),
  };
}

/** `+7 programs`, `−1 program`, `+1 and −2 programs`; null if they are the same */
function programChange(appeared: number, gone: number): string | null {
  const changes = [appeared, -gone].filter((count) => count !== 0);
  if (changes.length === 0) return null;
  const noun = changes.length === 1 && appeared + gone === 1 ? "program" : "programs";
  return `${changes.map(formatCountChange).join(" and ")} ${noun}`;
}

function startsRow(image: Judged): Row {
  const { head, base } = image;
  const [before, after] = [base?.start.verdict ?? null, head.start.verdict];
  return {
    label: "Starts",
    base: textCell(before),
    head: [after],
    details: [...new Set(head.start.problems.map(culpritOf))],
    change: before === null ? [] : [before === after ? "same" : "changed"],
    remarks: remarksOf(image, "start"),
  };
}

function baseImageRow(image: Judged): Row | null {
  const { head, base, comparison, findings } = image;
  const remarks = remarksOf(image, "base-image");
  const isKnown = head.baseImage !== null || (base?.baseImage ?? null) !== null;
  if (!isKnown && remarks.length === 0) return null;
  const kind = comparison?.baseImage.kind;
  const isPinKnown =
    head.baseImage === null ||
    isPinned(head.baseImage.resolved) ||
    findings.some(({ rule }) => rule === "pinned-base-image");
  const words = { unchanged: "same", moved: "moved", changed: "changed", unknown: "unknown" };
  return {
    label: "Base image",
    base: base === null ? [] : nameCell(base),
    head: nameCell(head),
    details: [],
    change: kind === undefined ? [] : [words[kind]],
    remarks: [...(isPinKnown ? [] : [{ verdict: null, text: say`not pinned` }]), ...remarks],
  };
}

function nameCell({ baseImage }: Inspection): Sentence {
  return baseImage === null ? say`unknown` : say`${readableReference(baseImage.resolved)}`;
}

function layersRow(image: Judged): Row {
  return {
    ...countRow("Layers", image.head.layers.length, image.base?.layers.length ?? null),
    remarks: remarksOf(image, "layers"),
  };
}

function stagesRow(image: Judged): Row | null {
  const { head, base } = image;
  const remarks = remarksOf(image, "stages");
  const used = (stages: Inspection["stages"]): Sentence =>
    stages === null ? [] : [`${stages.declared} (${stages.reachable})`];
  if (head.stages === null) {
    const row = { label: "Stages (used)", base: used(base?.stages ?? null), head: say`unknown` };
    return remarks.length === 0 ? null : { ...row, details: [], change: [], remarks };
  }
  const row = countRow("Stages (used)", head.stages.declared, base?.stages?.declared ?? null);
  return { ...row, head: used(head.stages), base: used(base?.stages ?? null), remarks };
}
