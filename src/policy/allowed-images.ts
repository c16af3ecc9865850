import { Failure } from "../failure.ts";
import { isNormalised, parseReference } from "../oci/reference.ts";
import { matchesReference, parseReferencePattern, type ReferencePattern } from "../oci/reference-pattern.ts";
import type { SettingType } from "./setting.ts";

/** A line of the list: a pattern, or the word scratch. */
export interface AllowedImage {
  readonly text: string;
  /** null: it is the word scratch */
  readonly pattern: ReferencePattern | null;
}

/** A shorter list is stricter. A pattern that another one covers must be written as it was. */
export const allowedImages: SettingType<readonly AllowedImage[]> = {
  form: "list",
  parse: parseAllowed,
  isAsStrictAs: (list, other) => list.every(({ text }) => other.some((each) => each.text === text)),
  schema: {
    type: ["string", "array"],
    items: { type: "string" },
    examples: [["gcr.io/distroless/*", "scratch"]],
  },
};

/** Reports whether a list allows a base image. @param resolved a normalised reference, scratch, or a build context */
export function isAllowedImage(resolved: string, allowed: readonly AllowedImage[]): boolean {
  return allowed.some((each) => matches(each, resolved));
}

function parseAllowed(text: string, input: string): readonly AllowedImage[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== "").map((line) => parseLine(line, input));
}

function parseLine(text: string, input: string): AllowedImage {
  if (text === "scratch") return { text, pattern: null };
  const pattern = parseReferencePattern(text);
  if (pattern !== null) return { text, pattern };
  throw new Failure(
    "input-invalid",
    `${input} has "${text}", which is not a pattern for images: write a reference such as debian:13-slim, with * for any characters except /, such as gcr.io/distroless/*. Write one pattern per line.`,
  );
}

function matches({ pattern }: AllowedImage, resolved: string): boolean {
  if (resolved === "scratch" || pattern === null) return resolved === "scratch" && pattern === null;
  const reference = isNormalised(resolved) ? parseReference(resolved) : null;
  return reference !== null && matchesReference(pattern, reference);
}
