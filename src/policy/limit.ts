import { Failure } from "../failure.ts";
import type { SettingType } from "./setting.ts";

/**
 * A limit on a growth or a size: bytes, percent of the base, or both. `and` is breached only when both parts
 * are, `or` when either is.
 */
export type Limit =
  | { readonly kind: "bytes"; readonly bytes: number }
  | { readonly kind: "percent"; readonly percent: number }
  | { readonly kind: "and" | "or"; readonly percent: number; readonly bytes: number };

/** A maximum size in bytes. */
export const maxBytes: SettingType<number> = {
  parse: parseSize,
  isAsStrictAs: (size, other) => size <= other,
  schema: {
    type: ["string", "integer"],
    pattern: "^\\s*\\d{1,16}(\\.\\d{1,9})?\\s*([kKmMgGtT]?[bB]|[kKmMgGtT][iI][bB])?\\s*$",
    minimum: 0,
    examples: ["300MB", "1.5GiB"],
  },
};

/** A maximum size in bytes, or `ratchet`: what the base has, and a little more. */
export const maxBytesOrRatchet: SettingType<number | "ratchet"> = {
  parse: (text, name) => (text.toLowerCase() === "ratchet" ? "ratchet" : parseSize(text, name)),
  isAsStrictAs: (one, other) =>
    one === "ratchet" || other === "ratchet" ? one === other : maxBytes.isAsStrictAs(one, other),
  schema: {
    ...maxBytes.schema,
    pattern: `^ratchet$|${maxBytes.schema["pattern"]}`,
    examples: ["300MB", "1.5GiB", "ratchet"],
  },
};

/** A maximum growth. */
export const maxGrowth: SettingType<Limit> = {
  parse: parseLimit,
  isAsStrictAs: isLowerOrEqual,
  schema: { type: ["string", "integer"], minimum: 0, examples: ["10MB", "5%", "5% and 10MB"] },
};

/**
 * Reads `300MB`, `300 MiB`, `1.5GB`, `5%`, `5% and 10MB`, `10MB or 5%`. A bare integer is bytes.
 * @param input name of the input, for the message
 * @throws Failure `input-invalid`
 */
export function parseLimit(text: string, input = "a limit"): Limit {
  const [first = "", word, second, ...rest] = text.trim().split(/\s+(and|or)\s+/i);
  const left = parsePart(first);
  if (left !== null && second === undefined) return left;
  const right = second === undefined ? null : parsePart(second);
  if (left !== null && right !== null && left.kind !== right.kind && rest.length === 0) {
    const percent = left.kind === "percent" ? left : right;
    const bytes = left.kind === "bytes" ? left : right;
    if (percent.kind === "percent" && bytes.kind === "bytes") {
      const kind = word?.toLowerCase() === "or" ? "or" : "and";
      return { kind, percent: percent.percent, bytes: bytes.bytes };
    }
  }
  throw new Failure(
    "input-invalid",
    `${input} is "${text}", which is not a limit: write a size such as 10MB or 10MiB, a percentage such as 5%, or one of each such as "5% and 10MB" or "5% or 10MB".`,
  );
}

/**
 * Reads a size: `300MB`, `1.5 GiB`, `1024`. Units with an `i` are powers of 1024, the others powers of 1000.
 * Letters may be in any case. A fraction of a byte is dropped, which changes no comparison with whole bytes.
 * @returns bytes
 * @throws Failure `input-invalid`
 */
function parseSize(text: string, input: string): number {
  const bytes = bytesOf(text.trim());
  if (bytes !== null) return bytes;
  throw new Failure(
    "input-invalid",
    `${input} is "${text}", which is not a size: write bytes, or a number with one of ${[...units.keys()].join(", ")}, such as 300MB or 1.5GiB.`,
  );
}

/**
 * Reports whether a difference is over the limit; equality passes. Growth from nothing is above any
 * percentage.
 * @param change both in bytes; `base` is what the percentage is of
 */
export function breaches(
  limit: Limit,
  change: { readonly difference: number; readonly base: number },
): boolean {
  switch (limit.kind) {
    case "bytes":
      return change.difference > limit.bytes;
    case "percent":
      return exceedsPercent(limit.percent, change);
    case "and":
      return change.difference > limit.bytes && exceedsPercent(limit.percent, change);
    case "or":
      return change.difference > limit.bytes || exceedsPercent(limit.percent, change);
  }
}

/**
 * Reports whether growth that breaches `other` breaches `limit` as well, whatever the base's size. Both are
 * lines with at most one bend over the base's size, so they are compared at each bend and beyond the last.
 */
function isLowerOrEqual(limit: Limit, other: Limit): boolean {
  const bends = [limit, other].flatMap((each) =>
    "bytes" in each && "percent" in each && each.percent > 0 ? [(each.bytes / each.percent) * 100] : [],
  );
  const last = Math.max(1, ...bends);
  return (
    [0, ...bends, last * 2].every(
      (base) => allowedGrowth(limit, base) <= allowedGrowth(other, base) * (1 + epsilon),
    ) && steepness(limit) <= steepness(other)
  );
}

/** For the rounding of a bend, which is not a whole number. */
const epsilon = 1e-9;

/** Returns the growth that a limit allows for a base of a size, both in bytes. */
export function allowedGrowth(limit: Limit, base: number): number {
  switch (limit.kind) {
    case "bytes":
      return limit.bytes;
    case "percent":
      return (limit.percent / 100) * base;
    case "and":
      return Math.max(limit.bytes, (limit.percent / 100) * base);
    case "or":
      return Math.min(limit.bytes, (limit.percent / 100) * base);
  }
}

/** Returns how the allowed growth rises with a base that is larger than any, in percent. */
function steepness(limit: Limit): number {
  return limit.kind === "percent" || limit.kind === "and" ? limit.percent : 0;
}

function parsePart(text: string): Exclude<Limit, { kind: "and" | "or" }> | null {
  const percent = /^(\d{1,9}(?:\.\d{1,4})?)\s*%$/.exec(text.trim());
  if (percent !== null) return { kind: "percent", percent: Number(percent[1]) };
  const bytes = bytesOf(text.trim());
  return bytes === null ? null : { kind: "bytes", bytes };
}

const units: ReadonlyMap<string, bigint> = new Map([
  ["B", 1n],
  ["kB", 10n ** 3n],
  ["MB", 10n ** 6n],
  ["GB", 10n ** 9n],
  ["TB", 10n ** 12n],
  ["KiB", 2n ** 10n],
  ["MiB", 2n ** 20n],
  ["GiB", 2n ** 30n],
  ["TiB", 2n ** 40n],
]);

function bytesOf(text: string): number | null {
  const [, whole = "", fraction = "", unit = ""] =
    /^(\d{1,16})(?:\.(\d{1,9}))?\s*([A-Za-z]{0,3})$/.exec(text) ?? [];
  if (whole === "" || (unit === "" && fraction !== "")) return null;
  const factor = [...units].find(([name]) => name.toLowerCase() === (unit || "B").toLowerCase())?.[1];
  if (factor === undefined) return null;
  // Whole numbers, so that 0.1GB is exactly 100,000,000 bytes.
  const bytes = (BigInt(whole + fraction) * factor) / 10n ** BigInt(fraction.length);
  return bytes > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(bytes);
}

/** Computes in whole numbers too: parsePart accepts four decimals. */
function exceedsPercent(
  percent: number,
  change: { readonly difference: number; readonly base: number },
): boolean {
  if (change.base === 0) return change.difference > 0;
  return BigInt(change.difference) * 1_000_000n > BigInt(change.base) * BigInt(Math.round(percent * 10_000));
}
