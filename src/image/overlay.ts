import type { EntryAttributes, EntryTable } from "./entry-table.ts";
import type { Filesystem } from "./filesystem.ts";
import type { BytePath, LayerReading } from "./layer-reading.ts";
import { EntryNode, MissingDirectory, type OverlayChildren, type OverlayNode } from "./overlay-node.ts";
import { baseOf, parentOf } from "./path.ts";

/**
 * A filesystem while layers are laid over each other. A name hides the lower one, links of lower layers included: a layer
 * with `bin/x` over `bin -> usr/bin` makes `bin` a real directory. Two directories merge. Where engines on overlay file
 * systems and image-spec differ, it is done as the engines do, who show more: nothing that a container sees may be hidden.
 *
 * A fork goes on by itself. It copies a directory before it first changes it, and shares all others with what it is a
 * fork of.
 */
export class Overlay implements Filesystem {
  #children: OverlayChildren;
  /** what no other fork sees, so that it may be changed; null: everything */
  readonly #own: Set<OverlayChildren> | null;

  private constructor(children: OverlayChildren, own: Set<OverlayChildren> | null) {
    this.#children = children;
    this.#own = own;
  }

  static empty(): Overlay {
    return new Overlay(new Map(), null);
  }

  get children(): OverlayChildren {
    return this.#children;
  }

  /** What is here, to be gone on with. From now on this one must not be changed any more. */
  fork(): Overlay {
    return new Overlay(this.#children, new Set());
  }

  /**
   * Lays a layer over what is there.
   * @param layer its index, 0 = lowest
   * @throws Failure archive-invalid where a hard link leads to no file of the layer
   */
  apply(reading: LayerReading, layer: number): void {
    this.#applyWhiteouts(reading, layer);
    const { entries } = reading;
    const place: Place = { entries, layer, parent: "", siblings: this.#enter("", layer) };
    for (let index = 0; index < entries.length; index++) this.#applyEntry(place, index);
  }

  /** Deletions first, wherever they stand in the layer: they hide what lower layers have, and nothing else. */
  #applyWhiteouts({ entries, anomalies }: LayerReading, layer: number): void {
    // Most layers delete nothing, which their few kinds of entries tell.
    if (!entries.columns.distinct.some(isWhiteout)) return;
    // A directory beside the whiteout of its own name takes the whiteout's place, and merges with the lower one.
    const replaced = new Set(
      anomalies.filter(({ kind }) => kind === "whiteout-with-replacement").map(({ path }) => path),
    );
    for (let index = 0; index < entries.length; index++) {
      const attributes = entries.attributesAt(index);
      if (!isWhiteout(attributes)) continue;
      const path = entries.pathAt(index);
      const hidden = this.#find(path);
      if (hidden === undefined) continue;
      if (attributes.type === "whiteout") {
        if (!replaced.has(path)) this.#enter(parentOf(path), layer).delete(baseOf(path));
      } else if (hidden.children !== null) this.#enter(path, layer).clear();
    }
  }

  #applyEntry(place: Place, index: number): void {
    const { entries, layer } = place;
    const path = entries.pathAt(index);
    if (path === "") return;
    const attributes = entries.attributesAt(index);
    const { type, linkTarget = "" } = attributes;
    // A whiteout's own directory comes into being, even where there was nothing to hide.
    if (type === "opaque-whiteout") this.#goTo(place, path);
    else if (!isIn(place.parent, path)) this.#goTo(place, parentOf(path));
    if (isWhiteout(attributes)) return;
    const name = baseOf(path);
    const { siblings } = place;
    const held = type === "directory" ? (siblings.get(name)?.children ?? this.#newChildren()) : null;
    const node = new EntryNode(entries, index, layer, held);
    if (type === "hardlink") node.linkTo(this.#find(linkTarget));
    siblings.set(name, node);
  }

  #goTo(place: Place, directory: BytePath): void {
    place.siblings = this.#enter(directory, place.layer);
    place.parent = directory;
  }

  /** Undefined: nothing, and for the root itself, which is no node. The root of an overlay merges, opaque or not. */
  #find(path: BytePath): OverlayNode | undefined {
    let node: OverlayNode | undefined;
    let children: OverlayChildren | null | undefined = this.#children;
    for (const name of path.split("/")) {
      node = children?.get(name);
      children = node?.children;
    }
    return node;
  }

  /**
   * What the directory at `path` holds, to be changed. Made with its parents where there is none, in the place of whatever
   * else is there.
   */
  #enter(path: BytePath, layer: number): OverlayChildren {
    this.#children = this.#ownOf(this.#children);
    let here = this.#children;
    let length = 0;
    for (const name of path === "" ? [] : path.split("/")) {
      length += name.length + (length === 0 ? 0 : 1);
      const there = here.get(name);
      const isDirectory = there !== undefined && there.children !== null;
      const children = isDirectory ? this.#ownOf(there.children) : this.#newChildren();
      if (!isDirectory) here.set(name, new MissingDirectory(path.slice(0, length), layer, children));
      else if (children !== there.children) here.set(name, there.holding(children));
      here = children;
    }
    return here;
  }

  /** The same, or a copy of what others see. */
  #ownOf(children: OverlayChildren): OverlayChildren {
    return this.#own === null || this.#own.has(children) ? children : this.#newChildren(children);
  }

  #newChildren(copied?: OverlayChildren): OverlayChildren {
    const children = new Map(copied);
    this.#own?.add(children);
    return children;
  }
}

function isWhiteout({ type }: EntryAttributes): boolean {
  return type === "whiteout" || type === "opaque-whiteout";
}

/** Whether the path lies directly in the directory, told without taking the path apart. */
function isIn(directory: BytePath, path: BytePath): boolean {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? directory === "" : slash === directory.length && path.startsWith(directory);
}

/** Where the last entry was put: the next one's parent is most often the same. */
interface Place {
  readonly entries: EntryTable;
  readonly layer: number;
  /** path of the directory */
  parent: BytePath;
  siblings: OverlayChildren;
}
