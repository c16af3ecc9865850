import { Failure } from "../../failure.ts";
import type { EntryAttributes, EntryTable } from "../layer/entry-table.ts";
import { type BytePath, baseOf, displayPath } from "../path.ts";
import { stretch, type Work } from "../work.ts";
import type { Children, FilesystemNode } from "./node.ts";

export type OverlayNode = EntryNode | MissingDirectory;

/** A layer that was applied to an overlay. */
export interface LaidLayer {
  readonly entries: EntryTable;
  /** 0 = lowest */
  readonly index: number;
  /** paths under which the layer has more than one entry */
  readonly repeated: ReadonlySet<BytePath>;
}

/** The state that all names of one file share once it has a hard link. */
interface Inode {
  attributes: EntryAttributes;
  readonly size: number;
  readonly crc32: number;
  modified: number;
}

/** A visible entry of a layer. */
export class EntryNode implements FilesystemNode {
  readonly #layer: LaidLayer;
  readonly #index: number;
  readonly children: Directory | null;
  inode: Inode | null = null;

  constructor(layer: LaidLayer, index: number, children: Directory | null) {
    this.#layer = layer;
    this.#index = index;
    this.children = children;
  }

  get path(): BytePath {
    return this.#layer.entries.pathAt(this.#index);
  }

  get attributes(): EntryAttributes {
    return this.inode?.attributes ?? this.#layer.entries.attributesAt(this.#index);
  }

  get size(): number {
    return this.inode?.size ?? this.#layer.entries.sizeAt(this.#index);
  }

  get crc32(): number {
    return this.inode?.crc32 ?? this.#layer.entries.crc32At(this.#index);
  }

  get modified(): number {
    return this.inode?.modified ?? this.#layer.entries.modifiedAt(this.#index);
  }

  get layer(): number {
    return this.#layer.index;
  }

  /** Where its entry is: that of this name, not of the file that a hard link names. */
  get entry(): { readonly layer: LaidLayer; readonly index: number } {
    return { layer: this.#layer, index: this.#index };
  }

  /** Returns the same directory with other children. */
  holding(children: Directory): EntryNode {
    return new EntryNode(this.#layer, this.#index, children);
  }

  /**
   * Makes this node another name of `target`. Sets the file's mode, owner, capabilities and time to those in the
   * link's own header, as engines do: Linux drops capabilities when the owner is set.
   * @throws Failure archive-invalid if the target is not a file of the same layer
   */
  linkTo(target: OverlayNode | undefined): void {
    if (!(target instanceof EntryNode) || target.children !== null || target.#layer !== this.#layer) {
      throw new Failure(
        "archive-invalid",
        `A layer has a hard link at ${JSON.stringify(displayPath(this.path).path)} that points to no file.`,
      );
    }
    const { mode, uid, gid, capabilities, hasAccessList } = this.attributes;
    const { size, crc32 } = target;
    const { capabilities: _dropped, ...attributes } = target.attributes;
    target.inode ??= { attributes, size, crc32, modified: 0 };
    target.inode.attributes = {
      ...attributes,
      mode,
      uid,
      gid,
      ...(capabilities === undefined ? {} : { capabilities }),
      ...(hasAccessList === undefined ? {} : { hasAccessList }),
    };
    target.inode.modified = this.modified;
    this.inode = target.inode;
  }
}

/** A directory that no layer lists. Runtimes create it with owner root and mode 0755. */
export class MissingDirectory implements FilesystemNode {
  readonly path: BytePath;
  readonly layer: number;
  readonly children: Directory;

  constructor(path: BytePath, layer: number, children: Directory) {
    this.path = path;
    this.layer = layer;
    this.children = children;
  }

  get attributes(): EntryAttributes {
    return rootOwned;
  }

  get size(): number {
    return 0;
  }

  get crc32(): number {
    return 0;
  }

  get modified(): number {
    return 0;
  }

  get inode(): null {
    return null;
  }

  /** Returns the same directory with other children. */
  holding(children: Directory): MissingDirectory {
    return new MissingDirectory(this.path, this.layer, children);
  }
}

const rootOwned: EntryAttributes = { type: "directory", mode: 0o755, uid: 0, gid: 0 };

/**
 * The children of a directory. Most directories have files of only one layer, and these are rarely looked up
 * by name. For such files, stores only their indexes in the layer, and creates a node on every visit. The
 * first lookup by name creates permanent nodes for all of them.
 */
export class Directory implements Children {
  /** the overlay that may change this directory */
  readonly owner: object;
  /** the layer that created this directory */
  readonly #layer: LaidLayer;
  /** runs of consecutive files of that layer, in pairs of indexes: the first entry, and one past the last */
  #runs: number[] = noRuns;
  /** all other children by name, including all directories; names are never in the runs as well */
  #nodes: Map<string, OverlayNode> = noNodes;

  constructor(owner: object, layer: LaidLayer) {
    this.owner = owner;
    this.#layer = layer;
  }

  /** Returns a copy that the new owner may change. */
  copy(owner: object): Directory {
    const copy = new Directory(owner, this.#layer);
    copy.#runs = [...this.#runs];
    copy.#nodes = new Map(this.#nodes);
    return copy;
  }

  get(name: string): OverlayNode | undefined {
    const node = this.#nodes.get(name);
    if (node !== undefined || this.#runs.length === 0) return node;
    this.#open();
    return this.#nodes.get(name);
  }

  *opening(): Work<void> {
    while (this.#runs.length > 0) {
      for (let left = stretch; left > 0 && this.#runs.length > 0; ) {
        const end = this.#runs.pop() ?? 0;
        const begin = this.#runs.pop() ?? 0;
        const from = Math.max(begin, end - left);
        this.#keep([from, end]);
        if (from > begin) this.#runs.push(begin, from);
        left -= end - from;
      }
      if (this.#runs.length > 0) yield;
    }
  }

  /** Returns the children of the directory with that name; undefined if there is none. Cheaper than `get`. */
  directoryAt(name: string): Directory | undefined {
    return this.#nodes.get(name)?.children ?? undefined;
  }

  forEach(visit: (node: OverlayNode) => void): void {
    // Takes the current state of both: a visitor may look up a name, which moves the runs' nodes to the end
    // of the map.
    const runs = this.#runs;
    let left = this.#nodes.size;
    for (const node of this.#nodes.values()) {
      if (left-- === 0) break;
      visit(node);
    }
    this.#visit(runs, visit);
  }

  /** Reports whether that layer created this directory, so that no other layer has files in it. */
  isOf(layer: LaidLayer): boolean {
    return this.#layer === layer;
  }

  /** Adds a file of the layer that created this directory. @param index of an entry with a new name */
  addFile(index: number): void {
    const last = this.#runs.length - 1;
    // Most directories have one run. A list created with it has no spare capacity.
    if (last < 0) this.#runs = [index, index + 1];
    else if (this.#runs[last] === index) this.#runs[last] = index + 1;
    else this.#runs.push(index, index + 1);
  }

  /** @param isNew whether the name is known to be new */
  set(name: string, node: OverlayNode, isNew = false): void {
    if (!isNew && !this.#nodes.has(name)) this.#open();
    if (this.#nodes === noNodes) this.#nodes = new Map();
    this.#nodes.set(name, node);
  }

  delete(name: string): void {
    if (!this.#nodes.has(name)) this.#open();
    this.#nodes.delete(name);
  }

  /** Removes all children. @returns them, in a directory that nobody changes */
  clear(): Directory {
    const removed = new Directory(nobody, this.#layer);
    removed.#runs = this.#runs;
    removed.#nodes = this.#nodes;
    this.#runs = noRuns;
    this.#nodes = noNodes;
    return removed;
  }

  #visit(runs: readonly number[], visit: (node: OverlayNode) => void): void {
    for (let run = 0; run < runs.length; run += 2) {
      const end = runs[run + 1] ?? 0;
      for (let index = runs[run] ?? 0; index < end; index++) visit(new EntryNode(this.#layer, index, null));
    }
  }

  #open(): void {
    if (this.#runs.length === 0) return;
    this.#keep(this.#runs);
    this.#runs = noRuns;
  }

  #keep(runs: readonly number[]): void {
    // Adds to the existing map: a layer can cause runs to be created and opened again as many times as it has
    // files.
    if (this.#nodes === noNodes) this.#nodes = new Map();
    const nodes = this.#nodes;
    this.#visit(runs, (node) => {
      nodes.set(baseOf(node.path), node);
    });
  }
}

/** The owner of directories that no overlay may change. */
export const nobody = {};

/** Shared by all directories that have no runs or no nodes. */
const noRuns: number[] = [];
const noNodes: Map<string, OverlayNode> = new Map();
