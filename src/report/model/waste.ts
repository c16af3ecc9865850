import type { DuplicateContent } from "../../inspect/duplicates.ts";
import type { Inspection } from "../../inspect/inspection.ts";
import type { WasteCause, WastedFile } from "../../inspect/waste.ts";
import { layerName } from "../../policy/advice/waste.ts";
import { listed, type Sentence, say } from "../../policy/sentence.ts";
import { formatBytes } from "../text/format.ts";

/** The bytes that every pull transfers in vain, and why. */
export interface WasteReport {
  readonly title: string;
  /** what wastes them, and what is in the image more than once; the largest first */
  readonly lines: readonly Sentence[];
}

/** Returns what the image wastes; null if it is less than a hundredth of the image. */
export function wasteReport(head: Inspection): WasteReport | null {
  const { bytes, causes, files, duplicates } = head.waste;
  if (bytes * 100 < head.size && duplicates.bytes * 100 < head.size) return null;
  const lines = [
    ...causes.slice(0, maxCauses).map((cause) => causeLine(cause, files, head)),
    ...rest(causes, bytes),
    ...duplicates.largest.slice(0, maxDuplicates).map(duplicateLine),
    ...(duplicates.bytes > 0
      ? [
          say`Copies of the same content (the same size and CRC-32) take ${{ bytes: duplicates.bytes }} in all.`,
        ]
      : []),
  ];
  return lines.length === 0 ? null : { title: `Wasted bytes (${formatBytes(bytes)})`, lines };
}

const maxCauses = 10;
const maxDuplicates = 5;
const maxFiles = 3;

const words: Readonly<Record<WasteCause["kind"], string>> = {
  overwritten: "overwrites",
  deleted: "deletes",
  "metadata-only": "holds again, with the same content,",
};

/** `line 5 deletes 120 MB of line 3 in 14 files: /a 50 MB, /b 20 MB` */
function causeLine(cause: WasteCause, files: readonly WastedFile[], head: Inspection): Sentence {
  const { kind, bytes, layer, wastedBy } = cause;
  const own = files.filter(
    (file) => file.kind === kind && file.layer === layer && file.wastedBy === wastedBy,
  );
  const named = own.slice(0, maxFiles).map((file) => say`${file.path} ${{ bytes: file.bytes }}`);
  const count = cause.files === 1 ? say`1 file` : say`${cause.files} files`;
  const paths = named.length === 0 ? [] : say`: ${listed(named)}`;
  const writer = layer === wastedBy ? say`its own` : layerName(head, layer);
  return say`${layerName(head, wastedBy)} ${[words[kind]]} ${{ bytes }} of ${writer} in ${count}${paths}`;
}

function rest(causes: readonly WasteCause[], bytes: number): readonly Sentence[] {
  const shown = causes.slice(0, maxCauses).reduce((sum, cause) => sum + cause.bytes, 0);
  return shown < bytes ? [say`${{ bytes: bytes - shown }} more, in smaller parts`] : [];
}

/** `3 copies of 4 MB: /a, /b and /c` */
function duplicateLine({ size, copies, paths }: DuplicateContent): Sentence {
  const named = paths.map(({ path }) => say`${path}`);
  const more = copies > paths.length ? [say`${copies - paths.length} more`] : [];
  return say`${copies} copies of ${{ bytes: size }}: ${listed([...named, ...more])}`;
}
