import type { PackageType } from "../image/layer/content.ts";
import type { Inspection } from "../inspect/inspection.ts";
import type { Package } from "../inspect/packages/package.ts";
import { compareVersions } from "../inspect/packages/version-order.ts";
import type { PackageChange, PackageChanges } from "./comparison.ts";

/**
 * Compares the packages of two images. Types of which a side has a record that could not be read are left out:
 * a package may be new, or only be read for the first time.
 */
export function comparePackages(head: Inspection, base: Inspection): PackageChanges {
  const uncompared = new Set([...head.packagesUnread, ...base.packagesUnread].map(({ type }) => type));
  const changes = differingPackages(head.packages, base.packages, uncompared).flatMap(changesOf);
  const differences = changes.map(({ difference }) => difference);
  return {
    changes: changes.sort(bySize),
    difference: differences.reduce(
      (sum, difference) => (sum === null || difference === null ? null : sum + difference),
      0,
    ),
    uncompared: [...uncompared].sort(),
  };
}

/** Packages of one name and architecture that only one side has. Several versions of a name may be installed. */
interface Differing {
  readonly head: readonly Package[];
  readonly base: readonly Package[];
}

function differingPackages(
  head: readonly Package[],
  base: readonly Package[],
  uncompared: ReadonlySet<PackageType>,
): readonly Differing[] {
  const isCompared = ({ type }: Package) => !uncompared.has(type);
  const before = Map.groupBy(base.filter(isCompared), nameOf);
  const after = Map.groupBy(head.filter(isCompared), nameOf);
  return [...new Set([...before.keys(), ...after.keys()])].map((name) => {
    const [one, other] = [after.get(name) ?? [], before.get(name) ?? []];
    return { head: without(one, other), base: without(other, one) };
  });
}

function nameOf({ type, name, architecture }: Package): string {
  return `${type} ${architecture ?? ""} ${name}`;
}

/** Returns the packages whose version is not among the others. A version counts as often as it is installed. */
function without(packages: readonly Package[], others: readonly Package[]): readonly Package[] {
  const left = new Map<string, number>();
  for (const { version } of others) left.set(version, (left.get(version) ?? 0) + 1);
  return packages.filter(({ version }) => {
    const count = left.get(version) ?? 0;
    left.set(version, count - 1);
    return count <= 0;
  });
}

/** Pairs versions: a single one with a single one, and several by the path of their record. */
function changesOf({ head, base }: Differing): readonly PackageChange[] {
  if (head.length === 1 && base.length === 1) return [changeOf(head[0] ?? null, base[0] ?? null)];
  const byPath = Map.groupBy(base, ({ path }) => path);
  const paired = head.map((one) => changeOf(one, byPath.get(one.path)?.shift() ?? null));
  return [...paired, ...[...byPath.values()].flat().map((one) => changeOf(null, one))];
}

function changeOf(head: Package | null, base: Package | null): PackageChange {
  const { type, name, architecture, path, pathBase64 } = head ?? base ?? missing();
  const [after, before] = [head === null ? 0 : head.size, base === null ? 0 : base.size];
  return {
    kind: kindOf(head, base),
    type,
    name,
    architecture,
    head: head?.version ?? null,
    base: base?.version ?? null,
    difference: after === null || before === null ? null : after - before,
    path,
    ...(pathBase64 === undefined ? {} : { pathBase64 }),
  };
}

function missing(): never {
  throw new Error("a change has at least one side");
}

function kindOf(head: Package | null, base: Package | null): PackageChange["kind"] {
  if (base === null) return "added";
  if (head === null) return "removed";
  const order = compareVersions(head.type, head.version, base.version);
  if (order === null || order === 0) return "changed";
  return order > 0 ? "upgraded" : "downgraded";
}

/** The largest difference first; unknown ones last. */
function bySize(a: PackageChange, b: PackageChange): number {
  const [left, right] = [a, b].map(({ difference }) => (difference === null ? -1 : Math.abs(difference)));
  return (right ?? 0) - (left ?? 0) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
