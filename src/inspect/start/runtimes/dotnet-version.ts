/** A version of .NET: SemVer 2, as fx_ver_t::parse of its host reads directories and references. */
export interface DotnetVersion {
  readonly text: string;
  readonly numbers: readonly [major: number, minor: number, patch: number];
  /** without the hyphen; null: a release */
  readonly preview: readonly string[] | null;
}

/** Which versions may be taken instead of the one that is asked for (version_compatibility_range_t). */
export type Range = "exact" | "patch" | "minor" | "major";

const pattern =
  /^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(?:-([0-9A-Za-z.-]{1,99}))?(?:\+[0-9A-Za-z.-]{1,99})?$/;

/** @returns null if it is not a version */
export function versionOf(text: string): DotnetVersion | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [major = 0, minor = 0, patch = 0] = match.slice(1, 4).map(Number);
  return { text, numbers: [major, minor, patch], preview: match[4]?.split(".") ?? null };
}

/**
 * Whether a version that exists serves a reference: none is older, and a policy bounds how much newer it is
 * (fx_reference_t::is_compatible_with_higher_version). A release may roll forward to a preview if there is no
 * release.
 */
export function serves(existing: DotnetVersion, asked: DotnetVersion, range: Range): boolean {
  if (existing.text === asked.text) return true;
  if (range === "exact" || compare(existing, asked) < 0) return false;
  const [major, minor] = existing.numbers;
  if (range !== "major" && major !== asked.numbers[0]) return false;
  return range !== "patch" || minor === asked.numbers[1];
}

export function compare(a: DotnetVersion, b: DotnetVersion): number {
  for (const at of [0, 1, 2] as const)
    if (a.numbers[at] !== b.numbers[at]) return a.numbers[at] - b.numbers[at];
  if (a.preview === null || b.preview === null)
    return (a.preview === null ? 1 : 0) - (b.preview === null ? 1 : 0);
  for (let at = 0; at < Math.max(a.preview.length, b.preview.length); at++) {
    const order = comparePart(a.preview[at], b.preview[at]);
    if (order !== 0) return order;
  }
  return 0;
}

/** SemVer 2, item 11: fewer parts and numbers come first. */
function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  const isNumber = [a, b].map((part) => /^[0-9]+$/.test(part));
  if (isNumber[0] && isNumber[1]) return Number(a) - Number(b);
  if (isNumber[0] !== isNumber[1]) return isNumber[0] ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
