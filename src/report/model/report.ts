import type { Audit, AuditedImage } from "../../policy/audit-record.ts";
import { type MissingBase, severity, type Verdict } from "../../policy/finding.ts";
import { defaultMinChange } from "../../policy/keys.ts";
import type { Finding } from "../../policy/rules/rules.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import { isChanged } from "../../policy/worth-saying.ts";
import { formatCommit } from "../text/format.ts";
import { adviceOn } from "./advice.ts";
import { type FileList, fileLists } from "./files.ts";
import { type SizeChanges, sizeChanges } from "./growth.ts";
import { headlineOf } from "./headline.ts";
import { type LayerRow, layerRows } from "./layers.ts";
import { howMeasured, type Measured } from "./measured.ts";
import { type Message, readMessage } from "./message.ts";
import { type PackageList, packageList } from "./packages.ts";
import { policyRemarks } from "./policy.ts";
import type { Row } from "./row.ts";
import { rowsOf } from "./rows.ts";
import { type WasteReport, wasteReport } from "./waste.ts";

/** What readers see, as data and in reading order. Comment, summary and terminal render the same report. */
export interface Report {
  readonly verdict: Verdict;
  /** why the audit ended early */
  readonly error: Message | null;
  /** worst first */
  readonly images: readonly ImageReport[];
  /** what readers should know about the policy */
  readonly policy: readonly Sentence[];
  /** remarks on the whole audit */
  readonly notes: readonly Sentence[];
}

export interface ImageReport {
  readonly name: string;
  readonly platform: string;
  readonly verdict: Verdict;
  readonly headline: Sentence;
  /** whether the headline is all that is worth saying */
  readonly isQuiet: boolean;
  readonly titles: Titles;
  readonly rows: readonly Row[];
  /** why there is no base, and what that means */
  readonly missingBase: Message | null;
  readonly sizeChanges: SizeChanges | null;
  readonly advice: readonly Sentence[];
  readonly layers: readonly LayerRow[];
  /** null if no package changed */
  readonly packages: PackageList | null;
  readonly files: readonly FileList[];
  /** null if there is hardly any */
  readonly waste: WasteReport | null;
  readonly measured: Measured;
}

/** What the two sides are called. `base` is null if there is none. */
export interface Titles {
  readonly base: Sentence | null;
  readonly head: Sentence;
}

/** The message of a report without images. */
export const nothingAudited: Message = { said: say`No image was audited.`, lines: [] };

/**
 * Makes the report of an audit.
 * @param headName what readers call the head, such as `this pull request`
 */
export function makeReport(audit: Audit, headName: string): Report {
  const images = audit.images
    .toSorted((a, b) => severity.indexOf(a.verdict) - severity.indexOf(b.verdict))
    .map((image) => reportOn(image, audit, headName));
  return {
    verdict: audit.verdict,
    error: audit.error === undefined ? null : errorOf(audit.error),
    images,
    policy: policyRemarks(audit.policy),
    notes: audit.notes.map((note) => say`${{ words: note }}`),
  };
}

function reportOn(image: AuditedImage, audit: Audit, headName: string): ImageReport {
  return {
    name: image.name,
    platform: image.platform,
    verdict: image.verdict,
    headline: headlineOf(image, audit.baseName),
    isQuiet:
      image.verdict === "pass" &&
      image.comparison !== null &&
      !isChanged(image, defaultMinChange) &&
      (audit.policy?.remarks.length ?? 0) === 0,
    titles: titlesOf(image, audit, headName),
    rows: rowsOf(image),
    missingBase: image.baseMissing === null ? null : missingBaseOf(image),
    sizeChanges: sizeChanges(image),
    advice: adviceOn(image),
    layers: layerRows(image),
    packages: packageList(image),
    files: fileLists(image),
    waste: wasteReport(image.head),
    measured: howMeasured(image, audit),
  };
}

function titlesOf(image: AuditedImage, audit: Audit, headName: string): Titles {
  if (audit.baseName === null) {
    return image.base === null ? { base: null, head: [] } : { base: say`old`, head: say`new` };
  }
  const commit = audit.baseCommit === null ? [] : say` ${formatCommit(audit.baseCommit)}`;
  return { base: image.base === null ? null : [...say`${audit.baseName}`, ...commit], head: [headName] };
}

function errorOf({ code, message }: NonNullable<Audit["error"]>): Message {
  const { said, lines } = readMessage(message);
  return { said: say`${said} (${code})`, lines };
}

function missingBaseOf({ baseMissing, findings }: AuditedImage): Message {
  const { said, lines } = readMessage(baseMissing?.message ?? "");
  return { said: say`${said} ${meaningOf(baseMissing?.reason, findings)}`, lines };
}

function meaningOf(reason: MissingBase["reason"] | undefined, findings: readonly Finding[]): Sentence {
  if (reason === "new") return say`Limits on growth do not apply to a new image; all other rules do.`;
  const undecided = findings.filter((finding) => finding.reason === "no-base").map(({ rule }) => rule);
  if (undecided.length === 0) return say`No rule needs it.`;
  const rules = undecided.flatMap((rule, index) => (index === 0 ? say`${rule}` : say`, ${rule}`));
  return say`Inconclusive without it: ${rules}.`;
}
