import { Failure } from "../../failure.ts";
import type { Anomaly } from "../layer/entry.ts";
import { type EntryAttributes, EntryTable } from "../layer/entry-table.ts";
import type { LayerReading } from "../layer/reading.ts";
import { limits } from "../limits.ts";
import type { BytePath } from "../path.ts";
import { baseOf, parentOf } from "../path.ts";
import { stretch, type Work } from "../work.ts";
import type { Filesystem } from "./filesystem.ts";
import { Directory, EntryNode, type LaidLayer, MissingDirectory, type OverlayNode } from "./overlay-node.ts";

/**
 * A filesystem while layers are laid over each other. A name hides the lower one, links of lower layers included: a layer
 * with `bin/x` over `bin -> usr/bin` makes `bin` a real directory. Two directories merge. Where engines on overlay file
 * systems and image-spec differ, it is done as the engines do, who show more: nothing that a container sees may be hidden.
 *
 * A fork goes on by itself. It copies a directory before it first changes it, and shares all others with what it is a
 * fork of.
 */
export class Overlay implements Filesystem {
  #children: Directory;
  /** directories that no layer lists */
  #made: number;

  private constructor(children: Directory, made: number) {
    this.#children = children;
    this.#made = made;
  }

  static empty(): Overlay {
    return new Overlay(new Directory(nobody, noLayer), 0);
  }

  get children(): Directory {
    return this.#children;
  }

  /** What is here, to be gone on with. From now on this one must not be changed any more. */
  fork(): Overlay {
    return new Overlay(this.#children, this.#made);
  }

  /**
   * Lays a layer over what is there.
   * @param index of the layer, 0 = lowest
   * @throws Failure archive-invalid where a hard link leads to no file of the layer, limit-exceeded
   */
  *applying({ entries, anomalies }: LayerReading, index: number): Work<void> {
    const pathsOf = (kind: Anomaly["kind"]) =>
      new Set(anomalies.filter((anomaly) => anomaly.kind === kind).map(({ path }) => path));
    const layer: LaidLayer = { entries, index, repeated: pathsOf("duplicate-path") };
    const replaced = pathsOf("whiteout-with-replacement");
    // Most layers delete nothing, which their few kinds of entries tell.
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
  }

  /**
   * Deletions first, wherever they stand in the layer: they hide what lower layers have, and nothing else.
   * @param replaced a directory beside the whiteout of its own name takes the whiteout's place, and merges with the lower one
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
        if (!replaced.has(path)) this.#enter(parentOf(path), layer).delete(baseOf(path));
      } else if (hidden.children !== null) this.#enter(path, layer).clear();
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
      // Its own directory comes into being, even where there was nothing to hide.
      if (type === "opaque-whiteout") this.#goTo(place, entries.pathAt(index));
      return;
    }
    const { siblings } = place;
    const isNew = siblings.isOf(layer) && !isRepeated(layer, index);
    if (isNew && type !== "directory" && type !== "hardlink") {
      siblings.addFile(index);
      return;
    }
    const name = baseOf(entries.pathAt(index));
    const held = type === "directory" ? (siblings.directoryAt(name) ?? new Directory(this, layer)) : null;
    const node = new EntryNode(layer, index, held);
    if (type === "hardlink") node.linkTo(this.#find(linkTarget));
    siblings.set(name, node, isNew);
  }

  #goTo(place: Place, directory: BytePath): void {
    place.siblings = this.#enter(directory, place.layer);
    place.parent = directory;
  }

  /** Undefined: nothing, and for the root itself, which is no node. The root of an overlay merges, opaque or not. */
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
   * What the directory at `path` holds, to be changed. Made with its parents where there is none, in the place of whatever
   * else is there.
   */
  #enter(path: BytePath, layer: LaidLayer): Directory {
    this.#children = this.#ownOf(this.#children);
    let here = this.#children;
    let length = 0;
    for (const name of path === "" ? [] : path.split("/")) {
      length += name.length + (length === 0 ? 0 : 1);
      const there = here.get(name);
      const isDirectory = there !== undefined && there.children !== null;
      const children = isDirectory ? this.#ownOf(there.children) : new Directory(this, layer);
      if (!isDirectory) {
        if (++this.#made > limits.missingDirectories) throw tooManyDirectories();
        here.set(name, new MissingDirectory(path.slice(0, length), layer.index, children));
      } else if (children !== there.children) here.set(name, there.holding(children));
      here = children;
    }
    return here;
  }

  /** The same, or a copy of what others see. */
  #ownOf(directory: Directory): Directory {
    return directory.owner === this ? directory : directory.copy(this);
  }
}

/** The entry to rest before: each costs what its path is long, since its directory is looked up from the root. */
function endOfStretch({ length, columns: { ends } }: EntryTable, from: number): number {
  const textBefore = from === 0 ? 0 : (ends[from - 1] ?? 0);
  let to = from + 1;
  while (to < length && to - from < stretch && (ends[to] ?? 0) - textBefore < 64 * stretch) to++;
  return to;
}

/** What the root begins as. */
const nobody = {};
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

/** Whether the layer has another entry under the same path. */
function isRepeated({ entries, repeated }: LaidLayer, index: number): boolean {
  return repeated.size > 0 && repeated.has(entries.pathAt(index));
}

/** Where the last entry was put: the next one's parent is most often the same. */
interface Place {
  readonly layer: LaidLayer;
  /** path of the directory */
  parent: BytePath;
  siblings: Directory;
}
