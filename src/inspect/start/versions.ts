import type { ElfDynamic, ElfVersionNeed } from "../../image/layer/content.ts";

/**
 * Returns the versions that a library satisfies, including its own name (glibc's dl-version.c).
 * @returns null if it defines none, and so satisfies every version; only LD_DEBUG reports that
 */
export function definedVersions({ versionDefinitions = [], soname }: ElfDynamic): ReadonlySet<string> | null {
  if (versionDefinitions.length === 0) return null;
  return new Set(soname === undefined ? versionDefinitions : [...versionDefinitions, soname]);
}

/** Returns the names of needed versions that are not defined. Weak versions may be missing. */
export function missingVersions(
  needs: readonly ElfVersionNeed[],
  defined: ReadonlySet<string> | null,
): readonly string[] {
  if (defined === null) return [];
  return needs.filter(({ name, isWeak }) => isWeak !== true && !defined.has(name)).map(({ name }) => name);
}

/**
 * Says which version exists instead, as the end of a sentence: the highest version of the same series.
 * @param library as the loader knows it, such as `libc.so.6`
 */
export function versionsThere(name: string, library: string, defined: Iterable<string>): string {
  const wanted = numbered(name);
  const series = [...defined]
    .map(numbered)
    .filter((version) => version !== null && version.series === wanted?.series)
    .filter((version) => version !== null);
  let [highest] = series;
  for (const version of series) if (highest !== undefined && isHigher(version, highest)) highest = version;
  if (highest === undefined) return `${library} does not define it`;
  return wanted !== null && isHigher(wanted, highest)
    ? `${library} has versions up to ${highest.name}`
    : `${library} defines ${highest.name}, but not this version`;
}

interface Numbered {
  readonly name: string;
  /** `GLIBC_` */
  readonly series: string;
  readonly numbers: readonly number[];
}

function numbered(name: string): Numbered | null {
  const [, series, numbers] = /^(.*_)(\d+(?:\.\d+)*)$/.exec(name) ?? [];
  if (series === undefined || numbers === undefined) return null;
  return { name, series, numbers: numbers.split(".").map(Number) };
}

function isHigher(a: Numbered, b: Numbered): boolean {
  const at = a.numbers.findIndex((number, index) => number !== b.numbers[index]);
  return at !== -1 && (a.numbers[at] ?? 0) > (b.numbers[at] ?? -1);
}
