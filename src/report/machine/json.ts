import type { Stages } from "../../dockerfile/stages/stages.ts";
import type { FileRecord } from "../../inspect/files.ts";
import type { Inspection } from "../../inspect/inspection.ts";
import type { Audit } from "../../policy/audit-record.ts";
import { bounded } from "./bounded.ts";

/**
 * The report as JSON: two spaces, a newline at the end, keys in the order of the types, so that the same images give the
 * same bytes. It may be printed into a log, so that what a runner would execute or a terminal obey is escaped; any
 * parser gives it back. What is too long is cut, and told of in `omitted`.
 */
export function renderJson(value: Audit | Inspection | Stages): string {
  return `${harmlessJson(JSON.stringify(bounded(value), null, 2))}\n`;
}

/** A record as one line of JSON, as harmless. */
export function renderJsonLine(value: FileRecord): string {
  return `${harmlessJson(JSON.stringify(value))}\n`;
}

function harmlessJson(json: string): string {
  return json.replaceAll("##[", "##\\u005b").replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");
}
