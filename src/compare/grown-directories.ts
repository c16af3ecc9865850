import { type BytePath, baseOf } from "../image/path.ts";
import { stretch, type Work } from "../image/work.ts";
import { isPackageDirectory } from "./packages.ts";

/**
 * The directories that explain the growth best, at most five, none inside another: /usr/lib/go-1.19 rather than /usr.
 * One that says too little is replaced by those in it that grew, as long as they still tell most of its growth: always
 * by the one that holds nearly all of it, and by several where it holds over two thirds of the whole, or is near the root.
 * A directory of packages is told by their names, so that it is not replaced by several, and what a repository's own
 * directory holds tells nobody anything.
 * @param changes all files that differ, those that are gone included
 */
export function* findingGrownDirectories(
  changes: readonly { readonly path: BytePath; readonly difference: number }[],
): Work<readonly BytePath[]> {
  const growth = yield* growthByDirectory(changes);
  const total = growth.get("")?.growth ?? 0;
  if (total <= 0) return [];
  let chosen: readonly BytePath[] = [""];
  for (;;) {
    yield;
    const next = refined(chosen, growth, total);
    if (next === null) break;
    chosen = next;
  }
  return chosen.filter((path) => path !== "" && growthAt(path, growth) * 100 >= total);
}

interface Directory {
  growth: number;
  readonly children: Set<BytePath>;
}

const most = 5;

/** Components from which a path tells something by itself: /usr/lib does not, /usr/lib/gcc does. */
const telling = 3;

/** Components of a path below which a directory tells people nothing more. */
const deepest = 12;

function* growthByDirectory(
  changes: readonly { readonly path: BytePath; readonly difference: number }[],
): Work<ReadonlyMap<BytePath, Directory>> {
  const root: Directory = { growth: 0, children: new Set() };
  const directories = new Map<BytePath, Directory>([["", root]]);
  for (const [index, { path, difference }] of changes.entries()) {
    if (index % stretch === 0) yield;
    root.growth += difference;
    let parent = root;
    let end = path.indexOf("/");
    for (let depth = 0; end !== -1 && depth < deepest; depth++) {
      const name = path.slice(0, end);
      let directory = directories.get(name);
      if (directory === undefined) {
        directory = { growth: 0, children: new Set() };
        directories.set(name, directory);
        parent.children.add(name);
      }
      directory.growth += difference;
      parent = directory;
      end = path.indexOf("/", end + 1);
    }
  }
  return directories;
}

/** One step: the largest directory that can be told more exactly is. Null = none can. */
function refined(
  chosen: readonly BytePath[],
  growth: ReadonlyMap<BytePath, Directory>,
  total: number,
): readonly BytePath[] | null {
  for (const path of chosen.toSorted((a, b) => growthAt(b, growth) - growthAt(a, growth))) {
    if (baseOf(path) === ".git") continue;
    const own = growthAt(path, growth);
    const children = [...(growth.get(path)?.children ?? [])]
      .filter((child) => growthAt(child, growth) * 10 >= own)
      .toSorted((a, b) => growthAt(b, growth) - growthAt(a, growth));
    const told = children.reduce((sum, child) => sum + growthAt(child, growth), 0);
    const [largest] = children;
    if (largest !== undefined && growthAt(largest, growth) * 10 >= own * 9) {
      return [...chosen.filter((other) => other !== path), largest];
    }
    if (isPackageDirectory(path)) continue;
    const isCoarse = own * 3 > total * 2 || path.split("/").length < telling;
    if (isCoarse && told * 3 >= own * 2 && chosen.length - 1 + children.length <= most) {
      return [...chosen.filter((other) => other !== path), ...children];
    }
  }
  return null;
}

function growthAt(path: BytePath, growth: ReadonlyMap<BytePath, Directory>): number {
  return growth.get(path)?.growth ?? 0;
}
