import { Failure } from "../failure.ts";
import type { EntryAttributes, EntryTable } from "./entry-table.ts";
import type { FilesystemNode } from "./filesystem.ts";
import type { BytePath } from "./layer-reading.ts";
import { displayPath } from "./path.ts";

export type OverlayNode = EntryNode | MissingDirectory;
export type OverlayChildren = Map<string, OverlayNode>;

/** What the names of one file have in common, once a hard link was made to it. */
interface Inode {
  attributes: EntryAttributes;
  readonly size: number;
  modified: number;
}

/** A member of a layer, where it is seen. It is as small as can be: an image has hundreds of thousands. */
export class EntryNode implements FilesystemNode {
  readonly #entries: EntryTable;
  readonly #index: number;
  readonly layer: number;
  readonly children: OverlayChildren | null;
  inode: Inode | null = null;

  constructor(entries: EntryTable, index: number, layer: number, children: OverlayChildren | null) {
    this.#entries = entries;
    this.#index = index;
    this.layer = layer;
    this.children = children;
  }

  get path(): BytePath {
    return this.#entries.pathAt(this.#index);
  }

  get attributes(): EntryAttributes {
    return this.inode?.attributes ?? this.#entries.attributesAt(this.#index);
  }

  get size(): number {
    return this.inode?.size ?? this.#entries.sizeAt(this.#index);
  }

  get modified(): number {
    return this.inode?.modified ?? this.#entries.modifiedAt(this.#index);
  }

  /** The same directory, holding something else. */
  holding(children: OverlayChildren): EntryNode {
    return new EntryNode(this.#entries, this.#index, this.layer, children);
  }

  /**
   * Makes it another name of `target`. That sets the file's mode, owner and time to those that the link's own header has, as
   * engines do.
   * @throws Failure archive-invalid where the target is no file of the same layer
   */
  linkTo(target: OverlayNode | undefined): void {
    if (!(target instanceof EntryNode) || target.children !== null || target.layer !== this.layer) {
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
  readonly children: OverlayChildren;

  constructor(path: BytePath, layer: number, children: OverlayChildren) {
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
  holding(children: OverlayChildren): MissingDirectory {
    return new MissingDirectory(this.path, this.layer, children);
  }
}

const rootOwned: EntryAttributes = { type: "directory", mode: 0o755, uid: 0, gid: 0 };
