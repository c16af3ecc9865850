import { type Filesystem, nodeAt } from "../image/filesystem/filesystem.ts";
import { isLinkedFile, linkedFiles } from "../image/filesystem/linked-files.ts";
import { type Children, type FilesystemNode, nodesIn } from "../image/filesystem/node.ts";
import { type BytePath, baseOf } from "../image/path.ts";
import { stretch, type Work } from "../image/work.ts";

/** A file whose size differs between the sides. */
export interface FileChange {
  readonly path: BytePath;
  /** bytes; null if there is no file, or only a further name of one */
  readonly head: number | null;
  readonly base: number | null;
  readonly difference: number;
  /** index into head.layers; null if the head has no such file */
  readonly layer: number | null;
  /** index into base.layers; null if the base has no such file */
  readonly baseLayer: number | null;
}

/**
 * Finds the regular files whose size differs between the sides, including removed ones. A file with several
 * names counts once, under the first name that is a file on the other side as well. Directories that both
 * sides share are skipped.
 */
export function* comparingFiles(head: Filesystem, base: Filesystem): Work<readonly FileChange[]> {
  const changes: FileChange[] = [];
  yield* compareDirectories(head.children, base.children, changes);
  // The name under which a file counts can change without a change in the file's own directory.
  const counting = { head: yield* countingNames(head, base), base: yield* countingNames(base, head) };
  const linked = [...linkedFiles(head), ...linkedFiles(base)].map(({ path }) => path);
  for (const [index, path] of [...new Set(linked)].entries()) {
    if (index % stretch === 0) yield;
    const [headFile, baseFile] = (["head", "base"] as const).map((side) => {
      const node = nodeAt(side === "head" ? head : base, path);
      return node === null || !isLinkedFile(node) || counting[side].get(node.inode) === path ? node : null;
    });
    addChange(path, headFile, baseFile, changes);
  }
  return changes;
}

/** Returns the name under which each file with several names counts. */
function* countingNames(filesystem: Filesystem, other: Filesystem): Work<ReadonlyMap<Inode, BytePath>> {
  const names = new Map<Inode, BytePath>();
  const found = new Set<Inode>();
  for (const [index, { path, inode }] of linkedFiles(filesystem).entries()) {
    if (index % stretch === 0) yield;
    if (found.has(inode)) continue;
    if (!names.has(inode)) names.set(inode, path);
    if (nodeAt(other, path)?.attributes.type !== "file") continue;
    found.add(inode);
    names.set(inode, path);
  }
  return names;
}

type Inode = FilesystemNode["inode"];

/** Compares all files except those with several names on a side. */
function* compareDirectories(head: Children, base: Children, changes: FileChange[]): Work<void> {
  // A list of open directories instead of recursion, whose depth an attacker could choose.
  const open: (readonly [head: Children, base: Children])[] = [[head, base]];
  let compared = 0;
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [headSide, baseSide] = pair;
    if (headSide === baseSide) continue;
    const [headNodes, baseNodes] = [nodesIn(headSide), nodesIn(baseSide)];
    if (headNodes.length > 0) yield* opening(baseSide);
    if (baseNodes.length > 0) yield* opening(headSide);
    for (const node of headNodes) {
      if (compared++ % stretch === 0) yield;
      compareNodes(node, baseSide.get(baseOf(node.path)));
    }
    for (const node of baseNodes) {
      if (compared++ % stretch === 0) yield;
      if (headSide.get(baseOf(node.path)) === undefined) compareNodes(undefined, node);
    }
  }

  function compareNodes(head: FilesystemNode | undefined, base: FilesystemNode | undefined): void {
    if (head?.children || base?.children) open.push([head?.children ?? nothing, base?.children ?? nothing]);
    const isLinked = [head, base].some((node) => node !== undefined && isLinkedFile(node));
    if (!isLinked) addChange((head ?? base)?.path ?? "", head, base, changes);
  }
}

function* opening(children: Children): Work<void> {
  if (children.opening !== undefined) yield* children.opening();
}

const nothing: Children = new Map();

function addChange(
  path: BytePath,
  headNode: FilesystemNode | null | undefined,
  baseNode: FilesystemNode | null | undefined,
  changes: FileChange[],
): void {
  const head = fileSize(headNode);
  const base = fileSize(baseNode);
  if (head === base) return;
  const layer = head === null ? null : (headNode?.layer ?? null);
  const baseLayer = base === null ? null : (baseNode?.layer ?? null);
  changes.push({ path, head, base, difference: (head ?? 0) - (base ?? 0), layer, baseLayer });
}

function fileSize(node: FilesystemNode | null | undefined): number | null {
  return node?.attributes.type === "file" ? node.size : null;
}

/** Orders by growth, largest first, then by path, so that the same images always give the same report. */
export function byGrowth(
  a: { readonly path: string; readonly difference: number },
  b: { readonly path: string; readonly difference: number },
): number {
  return b.difference - a.difference || (a.path < b.path ? -1 : 1);
}

/** Orders by loss, largest first, then by path. */
export function byLoss(
  a: { readonly path: string; readonly difference: number },
  b: { readonly path: string; readonly difference: number },
): number {
  return a.difference - b.difference || (a.path < b.path ? -1 : 1);
}
