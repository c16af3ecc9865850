import type { PackageType } from "../../image/layer/content.ts";

/**
 * Compares two versions as the package manager does.
 * @returns negative if `a` is older, positive if it is newer, 0 if both are equal to the package manager; null
 * if the order is not known here, as for a version that the package manager does not accept
 */
export function compareVersions(type: PackageType, a: string, b: string): number | null {
  return orders[type](a, b);
}

const orders: Readonly<Record<PackageType, (a: string, b: string) => number | null>> = {
  deb: (a, b) => byParts(a, b, compareDebianPart),
  rpm: (a, b) => byParts(a, b, compareRpmPart),
  apk: compareApk,
  npm: compareSemantic,
  cargo: compareSemantic,
  golang: compareSemantic,
  pypi: compareReleases,
  maven: compareReleases,
};

/** Compares epoch, version and release: `1:2.3-4`. Without an epoch, it is 0. */
function byParts(a: string, b: string, compare: (a: string, b: string) => number): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  return (
    compareNumbers(left.epoch, right.epoch) ||
    compare(left.version, right.version) ||
    compare(left.release, right.release)
  );
}

function partsOf(text: string) {
  const colon = text.indexOf(":");
  const rest = text.slice(colon + 1);
  const dash = rest.lastIndexOf("-");
  return {
    epoch: colon < 0 ? "0" : text.slice(0, colon),
    version: dash < 0 ? rest : rest.slice(0, dash),
    release: dash < 0 ? "" : rest.slice(dash + 1),
  };
}

/**
 * Compares as deb-version(7): pairs of text and number, from the left. In text, `~` is before its end, which is
 * before letters, which are before everything else.
 */
function compareDebianPart(a: string, b: string): number {
  const [left, right] = [textsAndNumbers(a), textsAndNumbers(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [one, other] = [left[index] ?? "", right[index] ?? ""];
    const difference = index % 2 === 0 ? compareDebianText(one, other) : compareNumbers(one, other);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A part that begins with a number has an empty text before it. */
function textsAndNumbers(part: string): readonly string[] {
  const runs = part.match(/\d+|\D+/g) ?? [];
  return /^\d/.test(part) ? ["", ...runs] : runs;
}

function compareDebianText(a: string, b: string): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = debianRank(a[index]) - debianRank(b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function debianRank(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === "~") return -1;
  return character.charCodeAt(0) + (/[A-Za-z]/.test(character) ? 0 : 256);
}

/**
 * Compares as rpm (rpm-version(7)): runs of digits and of letters; everything else only separates them, except
 * that `~` is before the end of a version, and `^` after its end but before anything else that is longer.
 */
function compareRpmPart(a: string, b: string): number {
  const [left, right] = [a.match(rpmRuns) ?? [], b.match(rpmRuns) ?? []];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [one, other] = [left[index], right[index]];
    const difference = rpmRank(one) - rpmRank(other);
    if (difference !== 0) return difference;
    if (one === undefined || other === undefined) continue;
    const order = /^\d/.test(one) ? compareNumbers(one, other) : compareText(one, other);
    if (order !== 0) return order;
  }
  return 0;
}

const rpmRuns = /\d+|[A-Za-z]+|[~^]/g;

function rpmRank(part: string | undefined): number {
  if (part === "~") return 0;
  if (part === undefined) return 1;
  if (part === "^") return 2;
  return /^\d/.test(part) ? 4 : 3;
}

/** In the order of apk (apk-package(5)): the empty string stands for none. */
const apkSuffixes = ["alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p"];
const apkVersion =
  /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:~[0-9a-f]+)?(?:-r(\d+))?$/;

function compareApk(a: string, b: string): number | null {
  const [left, right] = [apkVersion.exec(a), apkVersion.exec(b)];
  if (left === null || right === null) return null;
  return (
    compareLists(left[1]?.split(".") ?? [], right[1]?.split(".") ?? [], compareApkNumber) ||
    compareText(left[2] ?? "", right[2] ?? "") ||
    compareLists(suffixesOf(left[3]), suffixesOf(right[3]), compareApkSuffix) ||
    compareReleaseNumbers(left[4], right[4])
  );
}

/** A version without a release is before all its releases. */
function compareReleaseNumbers(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  return compareNumbers(a, b);
}

/** After the first, a number with a leading zero is a fraction. */
function compareApkNumber(a: string | undefined, b: string | undefined, index: number): number {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  const isFraction = index > 0 && (a.startsWith("0") || b.startsWith("0"));
  return isFraction ? compareText(a, b) : compareNumbers(a, b);
}

function suffixesOf(text = ""): readonly string[] {
  return text.split("_").slice(1);
}

function compareApkSuffix(a = "", b = ""): number {
  const [left, right] = [a, b].map((suffix) => ({
    rank: apkSuffixes.indexOf(suffix.replace(/\d+$/, "")),
    number: suffix.replace(/^[a-z]*/, ""),
  }));
  return (left?.rank ?? 0) - (right?.rank ?? 0) || compareNumbers(left?.number ?? "", right?.number ?? "");
}

const semantic = /^v?(\d+\.\d+\.\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** Compares as semver.org, 11. Go writes a `v` before it. */
function compareSemantic(a: string, b: string): number | null {
  const [left, right] = [semantic.exec(a), semantic.exec(b)];
  if (left === null || right === null) return null;
  const [before, after] = [left[2], right[2]];
  const release = compareReleases(left[1] ?? "", right[1] ?? "");
  if (release !== 0 || before === after) return release;
  // A version before its release is older.
  if (before === undefined || after === undefined) return before === undefined ? 1 : -1;
  return compareLists(before.split("."), after.split("."), compareIdentifier);
}

function compareIdentifier(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  const [isNumber, isOtherNumber] = [a, b].map((identifier) => /^\d+$/.test(identifier));
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return isNumber ? compareNumbers(a, b) : compareText(a, b);
}

/** Compares numbers with dots, on which Python (PEP 440) and Maven agree; null for everything else. */
function compareReleases(a: string, b: string): number | null {
  if (![a, b].every((version) => /^\d+(?:\.\d+)*$/.test(version))) return null;
  return compareLists(a.split("."), b.split("."), (left = "", right = "") => compareNumbers(left, right));
}

function compareLists(
  a: readonly string[],
  b: readonly string[],
  compare: (a: string | undefined, b: string | undefined, index: number) => number,
): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = compare(a[index], b[index], index);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Compares numbers of any length. The empty string is 0. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  return left.length - right.length || compareText(left, right);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
