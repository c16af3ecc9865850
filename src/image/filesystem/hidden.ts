import type { EntryTable } from "../layer/entry-table.ts";
import { baseOf } from "../path.ts";
import { stretch, type Work } from "../work.ts";
import { type FilesystemNode, nodesIn } from "./node.ts";
import { type Directory, EntryNode, type LaidLayer, type OverlayNode } from "./overlay-node.ts";

/**
 * How a layer hides an entry. `overwritten`: it has another entry at the path. `deleted`: it has none.
 * `metadata-only`: it has a file with the same content there, so that at most mode, owner and time differ.
 */
export const waysOfHiding = ["overwritten", "deleted", "metadata-only"] as const;

export type WayOfHiding = (typeof waysOfHiding)[number];

/** The entries of one layer that another layer, or a later entry of the same layer, hides. In columns. */
export interface HiddenEntries {
  /** index of the layer that has the entries */
  readonly layer: number;
  /** index of the layer that hides them */
  readonly by: number;
  /** indexes into that layer's entries */
  readonly indexes: readonly number[];
  /** indexes into waysOfHiding, one for each entry */
  readonly ways: readonly number[];
}

/** A hidden name of a file with hard links. The file is still there if any of its names is. */
export interface HiddenName {
  readonly node: FilesystemNode;
  /** index of the name's own entry in its layer */
  readonly entry: number;
  /** index of the layer that hides it */
  readonly by: number;
  readonly way: WayOfHiding;
}

/** What the layers of a filesystem hide, in their order. */
export interface Hidden {
  /** the entries of all layers, lowest first */
  readonly layers: readonly EntryTable[];
  readonly entries: readonly HiddenEntries[];
  /** a list for each layer that hides any: one for all would be copied for each layer */
  readonly names: readonly (readonly HiddenName[])[];
}

export const nothingHidden: Hidden = { layers: [], entries: [], names: [] };

/** What one layer removed from an overlay, with all that was below it. */
export interface Removed {
  /** the path where it was, or the directory whose children were removed */
  readonly path: string;
  readonly what: OverlayNode | Directory;
}

/**
 * Lists every entry that a layer hides.
 * @param at returns what is at a path after the layer was applied
 */
export function* listingHidden(
  removed: readonly Removed[],
  by: LaidLayer,
  at: (path: string) => OverlayNode | undefined,
): Work<Omit<Hidden, "layers">> {
  const columns = new Map<LaidLayer, { indexes: number[]; ways: number[] }>();
  const names: HiddenName[] = [];
  const open: { readonly hidden: Directory; readonly now: Directory | null }[] = [];

  function hide(node: OverlayNode, now: OverlayNode | undefined): void {
    if (node.children !== null) open.push({ hidden: node.children, now: now?.children ?? null });
    if (!(node instanceof EntryNode)) return;
    const way = wayOf(node, now, by);
    if (node.inode !== null) {
      names.push({ node, entry: node.entry.index, by: by.index, way });
      return;
    }
    const { layer, index } = node.entry;
    const column = columns.get(layer) ?? { indexes: [], ways: [] };
    columns.set(layer, column);
    column.indexes.push(index);
    column.ways.push(waysOfHiding.indexOf(way));
  }

  let steps = 0;
  for (const { path, what } of removed) {
    if (++steps % stretch === 0) yield;
    const now = at(path);
    if ("attributes" in what) hide(what, now);
    else open.push({ hidden: what, now: now?.children ?? null });
    for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
      const { hidden, now } = directory;
      if (now !== null) yield* now.opening();
      for (const node of nodesIn(hidden)) {
        if (++steps % stretch === 0) yield;
        hide(node, now?.get(baseOf(node.path)));
      }
    }
  }
  const entries = [...columns].map(([{ index: layer }, column]) => ({ layer, by: by.index, ...column }));
  return { entries, names: names.length === 0 ? [] : [names] };
}

function wayOf(node: EntryNode, now: OverlayNode | undefined, by: LaidLayer): WayOfHiding {
  if (now === undefined || now.layer !== by.index) return "deleted";
  const isSame =
    node.attributes.type === "file" &&
    now.attributes.type === "file" &&
    node.size === now.size &&
    node.crc32 === now.crc32;
  return isSame ? "metadata-only" : "overwritten";
}
