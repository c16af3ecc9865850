import type { Filesystem } from "../image/filesystem/filesystem.ts";
import { type Children, type FilesystemNode, nodesIn } from "../image/filesystem/node.ts";
import { displayPath } from "../image/path.ts";
import { stretch, type Work } from "../image/work.ts";

/** Paths to measure. */
export interface PathMatcher {
  readonly pattern: string;
  /** reports whether the pattern names the absolute path itself */
  readonly names: (path: string) => boolean;
}

/** Bytes of the regular files that a pattern names, or that are below a directory that it names. */
export interface PathSize {
  readonly pattern: string;
  readonly bytes: number;
}

interface Open {
  readonly children: Children;
  /** indexes of the patterns that name this directory or one above it */
  readonly inside: readonly number[];
  /** indexes of all others */
  readonly undecided: readonly number[];
}

/** Measures what is at and below paths. For each pattern, a file counts once, however many hard links it has. */
export function* measuringPaths(
  filesystem: Filesystem,
  matchers: readonly PathMatcher[],
): Work<readonly PathSize[]> {
  if (matchers.length === 0) return [];
  const all = [...matchers.keys()];
  const isRoot = (index: number) => matchers[index]?.names("/") === true;
  const counters = matchers.map(() => new Counter());
  const open: Open[] = [
    {
      children: filesystem.children,
      inside: all.filter(isRoot),
      undecided: all.filter((index) => !isRoot(index)),
    },
  ];
  let steps = 0;
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    const { inside, undecided } = directory;
    for (const node of nodesIn(directory.children)) {
      if (++steps % stretch === 0) yield;
      const path = undecided.length === 0 ? "" : displayPath(node.path).path;
      const named = undecided.filter((index) => matchers[index]?.names(path));
      const around = named.length === 0 ? inside : [...inside, ...named];
      if (node.children === null) for (const index of around) counters[index]?.add(node);
      else {
        const rest = named.length === 0 ? undecided : undecided.filter((index) => !named.includes(index));
        if (around.length + rest.length > 0)
          open.push({ children: node.children, inside: around, undecided: rest });
      }
    }
  }
  return matchers.map(({ pattern }, index) => ({ pattern, bytes: counters[index]?.bytes ?? 0 }));
}

class Counter {
  bytes = 0;
  readonly #linked = new Set<object>();

  add({ attributes, inode, size }: FilesystemNode): void {
    if (attributes.type !== "file" || (inode !== null && this.#linked.has(inode))) return;
    if (inode !== null) this.#linked.add(inode);
    this.bytes += size;
  }
}
