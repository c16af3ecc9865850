import type { Stages } from "../../dockerfile/stages/stages.ts";
import type { FileRecord } from "../../inspect/files.ts";
import type { Inspection } from "../../inspect/inspection.ts";
import type { InstalledPackages } from "../../inspect/packages/package.ts";
import type { Start } from "../../inspect/start/start.ts";
import type { Audit } from "../../policy/audit-record.ts";
import type { Mistake } from "../../policy/file/mistake.ts";
import type { PolicyListing } from "../../policy/listing.ts";
import { bounded } from "./bounded.ts";

/** What is wrong in a policy file. */
export interface PolicyCheck {
  readonly mistakes: readonly Mistake[];
}

/**
 * Renders a report as JSON: two spaces, a newline at the end, keys in the order of the types, so the same
 * images give the same bytes. It may be printed to a log, so what a runner would execute or a terminal would
 * obey is escaped; any parser restores it. What is too long is cut and listed in `omitted`.
 */
export function renderJson(
  value: Audit | Inspection | InstalledPackages | PolicyCheck | PolicyListing | Stages | Start,
): string {
  return `${withEscapes(JSON.stringify(bounded(value), null, 2))}\n`;
}

/** Renders a record as one line of JSON, with the same escapes. */
export function renderJsonLine(value: FileRecord): string {
  return `${withEscapes(JSON.stringify(value))}\n`;
}

function withEscapes(json: string): string {
  return json.replaceAll("##[", "##\\u005b").replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");
}
