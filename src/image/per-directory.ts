import type { Children, Filesystem, FilesystemNode } from "./filesystem.ts";

/**
 * Computes something about each directory, once: filesystems that share a directory share what is computed of it.
 * @param compute gives the result for one directory; it may ask for those of the directories in it
 */
export function perDirectory<Result>(
  compute: (children: Children, of: (children: Children) => Result) => Result,
): (children: Children) => Result {
  const known = new WeakMap<Children, Result>();
  const of = (children: Children): Result => {
    const before = known.get(children);
    if (before !== undefined) return before;
    let hasDirectories = false;
    const result = compute(children, (below) => {
      hasDirectories = true;
      return of(below);
    });
    // Most directories have none in them, and are computed again as fast as they are remembered.
    if (hasDirectories) known.set(children, result);
    return result;
  };
  return of;
}

/** Computes something about a whole filesystem, once. */
export function perFilesystem<Result>(
  compute: (filesystem: Filesystem) => Result,
): (filesystem: Filesystem) => Result {
  const known = new WeakMap<Children, Result>();
  return (filesystem) => {
    const result = known.get(filesystem.children) ?? compute(filesystem);
    known.set(filesystem.children, result);
    return result;
  };
}

/**
 * Finds the nodes of several kinds in one walk, each by what it is alone; a node can be of more than one. Each kind's are in
 * byte order of their paths. What filesystems share is searched once.
 * @param isNone tells fast of most nodes that they are of no kind
 */
export function nodesOfKinds<Kind extends string>(
  kinds: Readonly<Record<Kind, (node: FilesystemNode) => boolean>>,
  isNone: (node: FilesystemNode) => boolean = () => false,
): (filesystem: Filesystem) => NodesOfKinds<Kind> {
  const names = Object.keys(kinds) as Kind[];
  const findIn = perDirectory<Found<Kind> | null>((children, of) => {
    const matches: Match<Kind>[] = [];
    const below: Found<Kind>[] = [];
    children.forEach((node) => {
      if (!isNone(node)) for (const kind of names) if (kinds[kind](node)) matches.push({ kind, node });
      const found = node.children === null ? null : of(node.children);
      if (found !== null) below.push(found);
    });
    if (matches.length > 0 || below.length > 1) return { matches, below };
    return below[0] ?? null;
  });
  return perFilesystem<NodesOfKinds<Kind>>(({ children }) => {
    const matches = Map.groupBy(listed(findIn(children)), ({ kind }) => kind);
    const entries = names.map((kind) => [kind, inOrder(matches.get(kind) ?? [])]);
    return Object.fromEntries(entries);
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

function inOrder(matches: readonly Match<string>[]): readonly FilesystemNode[] {
  const keyed = matches.map(({ node }) => ({ path: node.path, node }));
  return keyed.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ node }) => node);
}
