import { atOnce, stretch, type Work } from "../work.ts";
import type { Filesystem } from "./filesystem.ts";
import type { Children, FilesystemNode } from "./node.ts";

/** Takes what one directory holds, and then what was computed of the directories in it. */
export interface Tally<Result> {
  add(node: FilesystemNode): void;
  addBelow(result: Result): void;
  result(): Result;
}

/**
 * Computes something about each directory, once: filesystems that share a directory share what is computed of it.
 * @param begin of one directory
 */
export function perDirectory<Result>(begin: () => Tally<Result>): (children: Children) => Work<Result> {
  const known = new WeakMap<Children, Result>();
  let visited = 0;

  function look(children: Children) {
    const tally = begin();
    const directories: Children[] = [];
    /** what a large directory has besides, which is added in turns with everything else */
    const more: FilesystemNode[] = [];
    let count = 0;
    children.forEach((node) => {
      if (++count > stretch) more.push(node);
      else tally.add(node);
      if (node.children !== null) directories.push(node.children);
    });
    visited += count;
    return { children, tally, directories, more };
  }

  function* lookBelow({ children, tally, directories, more }: ReturnType<typeof look>): Work<Result> {
    for (const [index, node] of more.entries()) {
      if (index % stretch === 0) yield;
      tally.add(node);
    }
    for (const directory of directories) {
      if (visited >= stretch) {
        visited = 0;
        yield;
      }
      const before = known.get(directory);
      if (before !== undefined) {
        tally.addBelow(before);
        continue;
      }
      const below = look(directory);
      // Most directories have none in them, and are computed again as fast as they are remembered.
      const isLast = below.directories.length === 0 && below.more.length === 0;
      tally.addBelow(isLast ? below.tally.result() : yield* lookBelow(below));
    }
    const result = tally.result();
    known.set(children, result);
    return result;
  }

  return function* of(children): Work<Result> {
    return known.get(children) ?? (yield* lookBelow(look(children)));
  };
}

/** Gives what is known of a filesystem, or finds it out: without a rest, or as work to be done in turns. */
export interface PerFilesystem<Result> {
  (filesystem: Filesystem): Result;
  readonly work: (filesystem: Filesystem) => Work<Result>;
}

/** Computes something about a whole filesystem, once. */
export function perFilesystem<Result>(
  compute: (filesystem: Filesystem) => Work<Result>,
): PerFilesystem<Result> {
  const known = new WeakMap<Children, Result>();
  function* work(filesystem: Filesystem): Work<Result> {
    const result = known.get(filesystem.children) ?? (yield* compute(filesystem));
    known.set(filesystem.children, result);
    return result;
  }
  return Object.assign((filesystem: Filesystem) => atOnce(work(filesystem)), { work });
}

/**
 * Finds the nodes of several kinds in one walk, each by what it is alone; a node can be of more than one. Each kind's are in
 * byte order of their paths. What filesystems share is searched once.
 * @param isNone tells fast of most nodes that they are of no kind
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

/** What was found in a directory, and in those below it that have something. Not as one list: parents would copy it. */
interface Found<Kind extends string> {
  readonly matches: readonly Match<Kind>[];
  readonly below: readonly Found<Kind>[];
}

function listed<Kind extends string>(found: Found<Kind> | null, list: Match<Kind>[] = []): Match<Kind>[] {
  if (found === null) return list;
  // Not as arguments: a directory may have more than a call takes.
  for (const match of found.matches) list.push(match);
  for (const below of found.below) listed(below, list);
  return list;
}

interface Keyed {
  readonly path: string;
  readonly node: FilesystemNode;
}

/** How many are sorted without a rest. */
const partSize = 16 * stretch;

/** Sorted in parts, which are then merged: a stranger decides how many there are. */
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
  for (let at = 0, other = 0; ; ) {
    if (all.length % stretch === 0) yield;
    const [a, b] = [left[at], right[other]];
    if (a !== undefined && (b === undefined || a.path < b.path)) {
      all.push(a);
      at++;
    } else if (b !== undefined) {
      all.push(b);
      other++;
    } else return all;
  }
}
