import { Failure } from "../../failure.ts";
import type { EntryAttributes, EntryTable } from "../layer/entry-table.ts";
import type { BytePath } from "../layer/reading.ts";
import { displayPath } from "../path.ts";
import type { FilesystemNode } from "./filesystem.ts";
import type { Directory } from "./overlay-directory.ts";

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
