import { firstNames, isLinkedFile, linkedFiles } from "../image/file-sizes.ts";
import { type Children, type Filesystem, type FilesystemNode, nodeAt } from "../image/filesystem.ts";
import type { BytePath } from "../image/layer-reading.ts";
import { baseOf } from "../image/path.ts";

/** One file that is not as large on both sides. */
export interface FileChange {
  readonly path: BytePath;
  /** bytes; null: no file, or a further name of one */
  readonly head: number | null;
  readonly base: number | null;
  readonly difference: number;
  /** index into head.layers; null where the head has no such file */
  readonly layer: number | null;
  /** index into base.layers; null where the base has no such file */
  readonly baseLayer: number | null;
}

/**
 * Every regular file of either side that is not as large on the other, those that are gone included; each under the first
 * of its names. Directories that both sides share are not looked into.
 */
export function fileChanges(head: Filesystem, base: Filesystem): readonly FileChange[] {
  const changes: FileChange[] = [];
  compareDirectories(head.children, base.children, changes);
  // Which of a file's names is the first can change without a change to its own directory.
  const linked = [head, base].flatMap((side) => linkedFiles(side).map(({ path }) => path));
  const sides = [head, base].map((side) => ({ side, first: firstNames(side) }));
  for (const path of new Set(linked)) {
    const [headFile, baseFile] = sides.map(({ side, first }) => {
      const node = nodeAt(side, path);
      return node === null || !isLinkedFile(node) || first.get(node.inode)?.path === path ? node : null;
    });
    addChange(path, headFile, baseFile, changes);
  }
  return changes;
}

/** All but the files that have several names on a side. */
function compareDirectories(head: Children, base: Children, changes: FileChange[]): void {
  if (head === base) return;
  head.forEach((node) => {
    compareNodes(node, base.get(baseOf(node.path)), changes);
  });
  base.forEach((node) => {
    if (head.get(baseOf(node.path)) === undefined) compareNodes(undefined, node, changes);
  });
}

function compareNodes(
  head: FilesystemNode | undefined,
  base: FilesystemNode | undefined,
  changes: FileChange[],
): void {
  compareDirectories(head?.children ?? nothing, base?.children ?? nothing, changes);
  const isLinked = [head, base].some((node) => node !== undefined && isLinkedFile(node));
  if (!isLinked) addChange((head ?? base)?.path ?? "", head, base, changes);
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

/** Largest growth first; equal ones by path, so that the same images give the same report. */
export function byGrowth(
  a: { readonly path: string; readonly difference: number },
  b: { readonly path: string; readonly difference: number },
): number {
  return b.difference - a.difference || (a.path < b.path ? -1 : 1);
}

/** Largest loss first, likewise. */
export function byLoss(
  a: { readonly path: string; readonly difference: number },
  b: { readonly path: string; readonly difference: number },
): number {
  return a.difference - b.difference || (a.path < b.path ? -1 : 1);
}
