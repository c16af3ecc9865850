import { Failure } from "../../failure.ts";
import type { Anomaly } from "../layer/entry.ts";
import { type EntryAttributes, EntryTable } from "../layer/entry-table.ts";
import type { LayerReading } from "../layer/reading.ts";
import { limits } from "../limits.ts";
import { type BytePath, baseOf, parentOf } from "../path.ts";
import { stretch, type Work } from "../work.ts";
import type { Filesystem } from "./filesystem.ts";
import { type Hidden, listingHidden, nothingHidden, type Removed } from "./hidden.ts";
import {
  Directory,
  EntryNode,
  type LaidLayer,
  MissingDirectory,
  nobody,
  type OverlayNode,
} from "./overlay-node.ts";

/**
 * A filesystem built by applying layers. A name hides the lower one, including a link: a layer with `bin/x`
 * over `bin -> usr/bin` makes `bin` a real directory. Two directories merge. Where engines on overlay file
 * systems differ from image-spec, follows the engines, which show more: no file that a container sees may be
 * missing here.
 *
 * A fork is independent. It copies a directory before the first change, and shares all others with its
 * origin.
 */
export class Overlay implements Filesystem {
  #children: Directory;
  /** number of directories that no layer lists */
  #unlisted: number;
  #hidden: Hidden;
  /** what the layer that is being applied removed so far */
  #removed: Removed[] = [];

  private constructor(children: Directory, unlisted: number, hidden: Hidden) {
    this.#children = children;
    this.#unlisted = unlisted;
    this.#hidden = hidden;
  }

  static empty(): Overlay {
    return new Overlay(new Directory(nobody, noLayer), 0, nothingHidden);
  }

  get children(): Directory {
    return this.#children;
  }

  get hidden(): Hidden {
    return this.#hidden;
  }

  /** Returns a fork with the current content. The original must not be changed afterwards. */
  fork(): Overlay {
    return new Overlay(this.#children, this.#unlisted, this.#hidden);
  }

  /**
   * Applies a layer.
   * @param index of the layer, 0 = lowest
   * @throws Failure archive-invalid if a hard link points to no file of the layer, limit-exceeded
   */
  *applying({ entries, anomalies }: LayerReading, index: number): Work<void> {
    const pathsOf = (kind: Anomaly["kind"]) =>
      new Set(anomalies.filter((anomaly) => anomaly.kind === kind).map(({ path }) => path));
    const layer: LaidLayer = { entries, index, repeated: pathsOf("duplicate-path") };
    const replaced = pathsOf("whiteout-with-replacement");
    // Most layers delete nothing, which their few distinct attributes show.
    if (entries.columns.distinct.some(isWhiteout)) {
      for (let from = 0, to = 0; from < entries.length; from = to) {
        to = endOfStretch(entries, from);
        this.#applyWhiteouts(layer, { from, to }, replaced);
        yield;
      }
    }
    const place: Place = { layer, parent: "", siblings: this.#enter("", layer) };
    for (let from = 0, to = 0; from < entries.length; from = to) {
      to = endOfStretch(entries, from);
      for (let entry = from; entry < to; entry++) this.#applyEntry(place, entry);
      yield;
    }
    const { layers, ...hidden } = this.#hidden;
    const more = yield* listingHidden(this.#removed, layer, (path) => this.#find(path));
    this.#hidden = {
      layers: [...layers, entries],
      entries: [...hidden.entries, ...more.entries],
      names: [...hidden.names, ...more.names],
    };
    this.#removed = [];
  }

  /**
   * Applies deletions first, wherever they are in the layer: they hide only files of lower layers.
   * @param replaced paths with both a whiteout and a directory in the layer; the directory replaces the
   * whiteout, and merges with the lower one
   */
  #applyWhiteouts(
    layer: LaidLayer,
    { from, to }: { readonly from: number; readonly to: number },
    replaced: ReadonlySet<BytePath>,
  ): void {
    const { entries } = layer;
    for (let index = from; index < to; index++) {
      const attributes = entries.attributesAt(index);
      if (!isWhiteout(attributes)) continue;
      const path = entries.pathAt(index);
      const hidden = this.#find(path);
      if (hidden === undefined) continue;
      if (attributes.type === "whiteout") {
        if (replaced.has(path)) continue;
        this.#removed.push({ path, what: hidden });
        this.#enter(parentOf(path), layer).delete(baseOf(path));
      } else if (hidden.children !== null) {
        this.#removed.push({ path, what: this.#enter(path, layer).clear() });
      }
    }
  }

  #applyEntry(place: Place, index: number): void {
    const { layer } = place;
    const { entries } = layer;
    if (!entries.isIn(place.parent, index)) {
      const path = entries.pathAt(index);
      if (path === "") return;
      this.#goTo(place, parentOf(path));
    }
    const attributes = entries.attributesAt(index);
    const { type, linkTarget = "" } = attributes;
    if (isWhiteout(attributes)) {
      // Creates the directory, even if there was nothing to hide.
      if (type === "opaque-whiteout") this.#goTo(place, entries.pathAt(index));
      return;
    }
    const { siblings } = place;
    const isNew = siblings.isOf(layer) && !isRepeated(layer, index);
    if (isNew && type !== "directory" && type !== "hardlink") {
      siblings.addFile(index);
      return;
    }
    const path = entries.pathAt(index);
    const name = baseOf(path);
    const children = type === "directory" ? (siblings.directoryAt(name) ?? new Directory(this, layer)) : null;
    const node = new EntryNode(layer, index, children);
    if (type === "hardlink") node.linkTo(this.#find(linkTarget));
    const former = isNew ? undefined : siblings.get(name);
    if (former !== undefined && (former.children === null || children === null))
      this.#removed.push({ path, what: former });
    siblings.set(name, node, isNew);
  }

  #goTo(place: Place, directory: BytePath): void {
    place.siblings = this.#enter(directory, place.layer);
    place.parent = directory;
  }

  /**
   * Returns undefined if there is no node, and for the root, which has none. So the root always merges,
   * opaque or not.
   */
  #find(path: BytePath): OverlayNode | undefined {
    let node: OverlayNode | undefined;
    let children: Directory | null | undefined = this.#children;
    for (const name of path.split("/")) {
      node = children?.get(name);
      children = node?.children;
    }
    return node;
  }

  /**
   * Returns the children of the directory at `path`, which the caller may change. Creates the directory and
   * its parents if missing, replacing nodes of other types.
   */
  #enter(path: BytePath, layer: LaidLayer): Directory {
    this.#children = this.#ownOf(this.#children);
    let parent = this.#children;
    let length = 0;
    for (const name of path === "" ? [] : path.split("/")) {
      length += name.length + (length === 0 ? 0 : 1);
      const node = parent.get(name);
      const isDirectory = node !== undefined && node.children !== null;
      const children = isDirectory ? this.#ownOf(node.children) : new Directory(this, layer);
      if (!isDirectory) {
        if (++this.#unlisted > limits.missingDirectories) throw tooManyDirectories();
        if (node !== undefined) this.#removed.push({ path: path.slice(0, length), what: node });
        parent.set(name, new MissingDirectory(path.slice(0, length), layer.index, children));
      } else if (children !== node.children) parent.set(name, node.holding(children));
      parent = children;
    }
    return parent;
  }

  /** Returns the directory if this overlay owns it, otherwise a copy. */
  #ownOf(directory: Directory): Directory {
    return directory.owner === this ? directory : directory.copy(this);
  }
}

/**
 * Returns the entry to pause before. Entries cost as much as their paths are long: directories are looked up
 * from the root.
 */
function endOfStretch({ length, columns: { ends } }: EntryTable, from: number): number {
  const textBefore = from === 0 ? 0 : (ends[from - 1] ?? 0);
  let to = from + 1;
  while (to < length && to - from < stretch && (ends[to] ?? 0) - textBefore < 64 * stretch) to++;
  return to;
}

/** The layer of an empty overlay's root. */
const noLayer: LaidLayer = { entries: EntryTable.of([]), index: 0, repeated: new Set() };

function isWhiteout({ type }: EntryAttributes): boolean {
  return type === "whiteout" || type === "opaque-whiteout";
}

function tooManyDirectories(): Failure {
  return new Failure(
    "limit-exceeded",
    `The image has files in over ${limits.missingDirectories} directories that its layers do not list.`,
  );
}

/** Reports whether the layer has another entry with the same path. */
function isRepeated({ entries, repeated }: LaidLayer, index: number): boolean {
  return repeated.size > 0 && repeated.has(entries.pathAt(index));
}

/** The directory of the last entry: most often, the next entry has the same parent. */
interface Place {
  readonly layer: LaidLayer;
  /** path of the directory */
  parent: BytePath;
  siblings: Directory;
}
