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
    if (known.has(children)) return known.get(children) as Result;
    const result = compute(children, of);
    known.set(children, result);
    return result;
  };
  return of;
}

/**
 * Finds the nodes that match by what they are alone, in byte order of their paths. What filesystems share is searched
 * once.
 */
export function nodesWhere(
  matches: (node: FilesystemNode) => boolean,
): (filesystem: Filesystem) => readonly FilesystemNode[] {
  const findIn = perDirectory<Found | null>((children, of) => {
    const nodes: FilesystemNode[] = [];
    const below: Found[] = [];
    children.forEach((node) => {
      if (matches(node)) nodes.push(node);
      const found = node.children === null ? null : of(node.children);
      if (found !== null) below.push(found);
    });
    if (nodes.length > 0 || below.length > 1) return { nodes, below };
    return below[0] ?? null;
  });
  const sorted = perDirectory<readonly FilesystemNode[]>((children) => {
    const found = listed(findIn(children)).map((node) => ({ path: node.path, node }));
    return found.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ node }) => node);
  });
  return ({ children }) => sorted(children);
}

/** What was found in a directory, and in those below it that have something. Not as one list: parents would copy it. */
interface Found {
  readonly nodes: readonly FilesystemNode[];
  readonly below: readonly Found[];
}

function listed(found: Found | null, list: FilesystemNode[] = []): FilesystemNode[] {
  if (found === null) return list;
  // Not as arguments: a directory may have more than a call takes.
  for (const node of found.nodes) list.push(node);
  for (const below of found.below) listed(below, list);
  return list;
}
