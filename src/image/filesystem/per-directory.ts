import { atOnce, stretch, type Work } from "../work.ts";
import type { Filesystem } from "./filesystem.ts";
import type { Children, FilesystemNode } from "./node.ts";

/** Combines the nodes of one directory with the results for its subdirectories. */
export interface Tally<Result> {
  add(node: FilesystemNode): void;
  addBelow(result: Result): void;
  result(): Result;
}

/**
 * Returns a function that computes a result for each directory, once. Filesystems that share a directory
 * share its result.
 * @param begin creates the tally of one directory
 */
export function perDirectory<Result>(begin: () => Tally<Result>): (children: Children) => Work<Result> {
  const cache = new WeakMap<Children, Result>();
  let visited = 0;

  function visit(children: Children) {
    const tally = begin();
    const directories: Children[] = [];
    /** the other nodes of a large directory, which are added in turns */
    const rest: FilesystemNode[] = [];
    let count = 0;
    children.forEach((node) => {
      if (++count > stretch) rest.push(node);
      else tally.add(node);
      if (node.children !== null) directories.push(node.children);
    });
    visited += count;
    return { children, tally, directories, rest };
  }

  function* finish({ children, tally, directories, rest }: ReturnType<typeof visit>): Work<Result> {
    for (const [index, node] of rest.entries()) {
      if (index % stretch === 0) yield;
      tally.add(node);
    }
    for (const directory of directories) {
      if (visited >= stretch) {
        visited = 0;
        yield;
      }
      const cached = cache.get(directory);
      if (cached !== undefined) {
        tally.addBelow(cached);
        continue;
      }
      const below = visit(directory);
      // Most directories have no subdirectories. Computing their result again is as fast as caching it.
      const isComplete = below.directories.length === 0 && below.rest.length === 0;
      tally.addBelow(isComplete ? below.tally.result() : yield* finish(below));
    }
    const result = tally.result();
    cache.set(children, result);
    return result;
  }

  return function* of(children): Work<Result> {
    return cache.get(children) ?? (yield* finish(visit(children)));
  };
}

/**
 * Returns the result for a filesystem, computing it on the first call: without a pause, or as `work` in
 * turns.
 */
export interface PerFilesystem<Result> {
  (filesystem: Filesystem): Result;
  readonly work: (filesystem: Filesystem) => Work<Result>;
}

/** Returns a function that computes a result for each filesystem, once. */
export function perFilesystem<Result>(
  compute: (filesystem: Filesystem) => Work<Result>,
): PerFilesystem<Result> {
  const cache = new WeakMap<Children, Result>();
  function* work(filesystem: Filesystem): Work<Result> {
    const result = cache.get(filesystem.children) ?? (yield* compute(filesystem));
    cache.set(filesystem.children, result);
    return result;
  }
  return Object.assign((filesystem: Filesystem) => atOnce(work(filesystem)), { work });
}

/**
 * Finds the nodes of several kinds in one walk. A node can be of several kinds, and each test sees only the
 * node. The nodes of each kind are in byte order of their paths. Directories that filesystems share are
 * searched once.
 * @param isNone a fast test that rules out most nodes
 */
export function nodesOfKinds<Kind extends string>(
  kinds: Readonly<Record<Kind, (node: FilesystemNode) => boolean>>,
  isNone: (node: FilesystemNode) => boolean = () => false,
): PerFilesystem<NodesOfKinds<Kind>> {
  const names = Object.keys(kinds) as Kind[];
  const findIn = perDirectory<Found<Kind> | null>(() => {
    const matches: Match<Kind>[] = [];
    const below: Found<Kind>[] = [];
    return {
      add(node) {
        if (!isNone(node)) for (const kind of names) if (kinds[kind](node)) matches.push({ kind, node });
      },
      addBelow(found) {
        if (found !== null) below.push(found);
      },
      result: () => (matches.length > 0 || below.length > 1 ? { matches, below } : (below[0] ?? null)),
    };
  });
  return perFilesystem<NodesOfKinds<Kind>>(function* ({ children }) {
    const matches = Map.groupBy(listed(yield* findIn(children)), ({ kind }) => kind);
    const entries: [Kind, readonly FilesystemNode[]][] = [];
    for (const kind of names) entries.push([kind, yield* inOrder(matches.get(kind) ?? [])]);
    return Object.fromEntries(entries) as NodesOfKinds<Kind>;
  });
}

export type NodesOfKinds<Kind extends string> = Readonly<Record<Kind, readonly FilesystemNode[]>>;

interface Match<Kind extends string> {
  readonly kind: Kind;
  readonly node: FilesystemNode;
}

/**
 * The matches in a directory, and in subdirectories with matches. Nested, since every parent would copy a
 * flat list.
 */
interface Found<Kind extends string> {
  readonly matches: readonly Match<Kind>[];
  readonly below: readonly Found<Kind>[];
}

function listed<Kind extends string>(found: Found<Kind> | null, list: Match<Kind>[] = []): Match<Kind>[] {
  if (found === null) return list;
  // Not spread into one call: a directory may have more matches than a call can take arguments.
  for (const match of found.matches) list.push(match);
  for (const below of found.below) listed(below, list);
  return list;
}

interface Keyed {
  readonly path: string;
  readonly node: FilesystemNode;
}

/** The number of nodes to sort without a pause. */
const partSize = 16 * stretch;

/** Sorts in parts, then merges them, since untrusted input decides how many there are. */
function* inOrder(matches: readonly Match<string>[]): Work<readonly FilesystemNode[]> {
  let parts: (readonly Keyed[])[] = [];
  for (let from = 0; from < matches.length; from += partSize) {
    const part = matches.slice(from, from + partSize).map(({ node }) => ({ path: node.path, node }));
    parts.push(part.sort((a, b) => (a.path < b.path ? -1 : 1)));
    yield;
  }
  while (parts.length > 1) {
    const merged: (readonly Keyed[])[] = [];
    for (let at = 0; at < parts.length; at += 2)
      merged.push(yield* mergeSorted(parts[at] ?? [], parts[at + 1] ?? []));
    parts = merged;
  }
  return (parts[0] ?? []).map(({ node }) => node);
}

function* mergeSorted(left: readonly Keyed[], right: readonly Keyed[]): Work<readonly Keyed[]> {
  const all: Keyed[] = [];
  for (let leftIndex = 0, rightIndex = 0; ; ) {
    if (all.length % stretch === 0) yield;
    const [a, b] = [left[leftIndex], right[rightIndex]];
    if (a !== undefined && (b === undefined || a.path < b.path)) {
      all.push(a);
      leftIndex++;
    } else if (b !== undefined) {
      all.push(b);
      rightIndex++;
    } else return all;
  }
}
