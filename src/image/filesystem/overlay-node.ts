import { Failure } from "../../failure.ts";
import type { EntryAttributes, EntryTable } from "../layer/entry-table.ts";
import type { BytePath } from "../path.ts";
import { baseOf, displayPath } from "../path.ts";
import { stretch, type Work } from "../work.ts";
import type { Children, FilesystemNode } from "./node.ts";

export type OverlayNode = EntryNode | MissingDirectory;

/** A layer as it was laid over others. */
export interface LaidLayer {
  readonly entries: EntryTable;
  /** 0 = lowest */
  readonly index: number;
  /** paths under which the layer has more than one entry */
  readonly repeated: ReadonlySet<BytePath>;
}

/** What the names of one file have in common, once a hard link was made to it. */
interface Inode {
  attributes: EntryAttributes;
  readonly size: number;
  modified: number;
}

/** A member of a layer, where it is seen. */
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

  get modified(): number {
    return this.inode?.modified ?? this.#layer.entries.modifiedAt(this.#index);
  }

  get layer(): number {
    return this.#layer.index;
  }

  /** The same directory, holding something else. */
  holding(children: Directory): EntryNode {
    return new EntryNode(this.#layer, this.#index, children);
  }

  /**
   * Makes it another name of `target`. That sets the file's mode, owner and time to those that the link's own header has, as
   * engines do.
   * @throws Failure archive-invalid where the target is no file of the same layer
   */
  linkTo(target: OverlayNode | undefined): void {
    if (!(target instanceof EntryNode) || target.children !== null || target.#layer !== this.#layer) {
      throw new Failure(
        "archive-invalid",
        `A layer has a hard link at ${JSON.stringify(displayPath(this.path).path)} that leads to no file.`,
      );
    }
    const { mode, uid, gid } = this.attributes;
    const { attributes, size } = target;
    target.inode ??= { attributes, size, modified: 0 };
    target.inode.attributes = { ...attributes, mode, uid, gid };
    target.inode.modified = this.modified;
    this.inode = target.inode;
  }
}

/** A directory that no layer lists: runtimes make it for root, mode 0755. */
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

  get modified(): number {
    return 0;
  }

  get inode(): null {
    return null;
  }

  /** The same directory, holding something else. */
  holding(children: Directory): MissingDirectory {
    return new MissingDirectory(this.path, this.layer, children);
  }
}

const rootOwned: EntryAttributes = { type: "directory", mode: 0o755, uid: 0, gid: 0 };

/**
 * What a directory holds. Most directories have files of one layer only, and nobody asks for those by name: of such files
 * it keeps no more than where they stand in their layer, and makes a node each time that all are visited. Once one is
 * asked for, all have lasting nodes.
 */
export class Directory implements Children {
  /** who may change it */
  readonly owner: object;
  /** with which it came into being */
  readonly #layer: LaidLayer;
  /** Files of that layer, in pairs: an entry's index, and the index behind the last one that follows it without a gap. */
  #runs: number[] = noRuns;
  /** all the others by name, directories always; it shares no name with the files in runs */
  #nodes: Map<string, OverlayNode> = noNodes;

  constructor(owner: object, layer: LaidLayer) {
    this.owner = owner;
    this.#layer = layer;
  }

  /** The same content, which the new owner may change. */
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

  /** What the directory of that name holds; undefined: there is none. Costs less than to ask for the node. */
  directoryAt(name: string): Directory | undefined {
    return this.#nodes.get(name)?.children ?? undefined;
  }

  forEach(visit: (node: OverlayNode) => void): void {
    // Both as they are now: who visits may ask for a name, which opens the runs and puts their nodes behind the others.
    const runs = this.#runs;
    let left = this.#nodes.size;
    for (const node of this.#nodes.values()) {
      if (left-- === 0) break;
      visit(node);
    }
    this.#visit(runs, visit);
  }

  /** Whether it has come into being with that layer, and so has nothing of others. */
  isOf(layer: LaidLayer): boolean {
    return this.#layer === layer;
  }

  /** @param index of a file in the layer of `isOf`, whose name is new here */
  addFile(index: number): void {
    const last = this.#runs.length - 1;
    // Most have one run: a list that is made with it has no room for more.
    if (last < 0) this.#runs = [index, index + 1];
    else if (this.#runs[last] === index) this.#runs[last] = index + 1;
    else this.#runs.push(index, index + 1);
  }

  /** @param isNew whether it is known that nothing here has the name */
  set(name: string, node: OverlayNode, isNew = false): void {
    if (!isNew && !this.#nodes.has(name)) this.#open();
    if (this.#nodes === noNodes) this.#nodes = new Map();
    this.#nodes.set(name, node);
  }

  delete(name: string): void {
    if (!this.#nodes.has(name)) this.#open();
    this.#nodes.delete(name);
  }

  clear(): void {
    this.#runs = noRuns;
    this.#nodes = noNodes;
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
    // In place: a layer can make the runs anew and have them opened again, as many times as it has files.
    if (this.#nodes === noNodes) this.#nodes = new Map();
    const nodes = this.#nodes;
    this.#visit(runs, (node) => {
      nodes.set(baseOf(node.path), node);
    });
  }
}

/** Shared by all directories that have none. */
const noRuns: number[] = [];
const noNodes: Map<string, OverlayNode> = new Map();
