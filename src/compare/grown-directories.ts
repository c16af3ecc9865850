import { type BytePath, baseOf } from "../image/path.ts";
import { stretch, type Work } from "../image/work.ts";
import { isPackageDirectory } from "./packages.ts";

/**
 * Returns the directories that explain the growth best, at most five, none inside another: /usr/lib/go-1.19
 * rather than /usr. A directory is replaced by a single subdirectory that has nearly all of its growth. If it
 * has over two thirds of the total growth, or is near the root, it is replaced by several subdirectories, as
 * long as they explain most of its growth. A directory of packages is not replaced by several, because
 * reports list its packages by name. A `.git` directory is never replaced, because its content means nothing
 * to people.
 * @param changes all files that differ, including removed ones
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

const maxDirectories = 5;

/** Minimum path components of a meaningful directory: /usr/lib is not meaningful, /usr/lib/gcc is. */
const minDepth = 3;

/** Maximum path components: deeper directories are no more meaningful to people. */
const maxDepth = 12;

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
    for (let depth = 0; end !== -1 && depth < maxDepth; depth++) {
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

/** Replaces the largest directory that can be replaced by subdirectories. Returns null if there is none. */
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
    const explained = children.reduce((sum, child) => sum + growthAt(child, growth), 0);
    const [largest] = children;
    if (largest !== undefined && growthAt(largest, growth) * 10 >= own * 9) {
      return [...chosen.filter((other) => other !== path), largest];
    }
    if (isPackageDirectory(path)) continue;
    const isCoarse = own * 3 > total * 2 || path.split("/").length < minDepth;
    if (isCoarse && explained * 3 >= own * 2 && chosen.length - 1 + children.length <= maxDirectories) {
      return [...chosen.filter((other) => other !== path), ...children];
    }
  }
  return null;
}

function growthAt(path: BytePath, growth: ReadonlyMap<BytePath, Directory>): number {
  return growth.get(path)?.growth ?? 0;
}
