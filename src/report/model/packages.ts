import type { PackageChange } from "../../compare/comparison.ts";
import type { Subject } from "../../policy/finding.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import { formatChange } from "../text/format.ts";

/** The packages that one side has and the other does not. */
export interface PackageList {
  /** `Packages: 3 added, 1 upgraded (+41.0 MB)` */
  readonly title: string;
  readonly rows: readonly PackageRow[];
}

export interface PackageRow {
  /** `gcc-12 12.2.0-14, new` */
  readonly what: Sentence;
  /** bytes, as the packages' records say; null if they do not say it */
  readonly difference: number | null;
}

/** Lists the packages that changed, the largest difference first; null if none did, or without a base. */
export function packageList({ comparison }: Subject): PackageList | null {
  const { changes = [], difference = null } = comparison?.packages ?? {};
  if (changes.length === 0) return null;
  return {
    title: `Packages: ${countsOf(changes)}${difference === null ? "" : ` (${formatChange(difference)})`}`,
    rows: changes.map((change) => ({ what: whatOf(change), difference: change.difference })),
  };
}

/** Says which packages are not compared. */
export function uncomparedPackages({ comparison, head, base }: Subject): readonly Sentence[] {
  return (comparison?.packages.uncompared ?? []).flatMap((type) => {
    const record = [...head.packagesUnread, ...(base?.packagesUnread ?? [])].find((one) => one.type === type);
    if (record === undefined) return [];
    return [say`Packages of type ${type} are not compared: ${record.path} ${{ words: record.detail }}.`];
  });
}

const kinds: readonly PackageChange["kind"][] = ["added", "removed", "upgraded", "downgraded", "changed"];

/** `3 added, 1 removed` */
function countsOf(changes: readonly PackageChange[]): string {
  return kinds
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`)
    .join(", ");
}

function whatOf({ kind, name, head, base }: PackageChange): Sentence {
  switch (kind) {
    case "added":
      return say`${`${name} ${head}`}, new`;
    case "removed":
      return say`${`${name} ${base}`}, gone`;
    case "upgraded":
      return say`${name} from ${base ?? ""} to ${head ?? ""}`;
    case "downgraded":
      return say`${name} down from ${base ?? ""} to ${head ?? ""}`;
    case "changed":
      return say`${name} ${base ?? ""} replaced by ${head ?? ""}`;
  }
}
