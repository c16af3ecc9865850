import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";
import type { BytePath } from "../path.ts";
import { baseOf, parentOf } from "../path.ts";
import { stretch, type Work } from "../work.ts";
import type { Children, FilesystemNode } from "./node.ts";

/** What stands somewhere, and the directory that it is in; null: the root. */
interface Place {
  readonly node: FilesystemNode;
  readonly parent: Place | null;
}

/** Where a link ends, and through how many it leads there, itself included. */
interface End {
  readonly place: Place | null;
  readonly links: number;
}

const nowhere: End = { place: null, links: Number.POSITIVE_INFINITY };

/** A path that is being followed: the one that was asked for, or a link's target on the way. */
interface Frame {
  /** path of the link whose target this is; null: of none */
  readonly link: BytePath | null;
  /** components that are still to come, the next one last */
  readonly rest: string[];
  links: number;
}

/**
 * Follows paths through the links of one filesystem. Where a link ends is remembered, so that each is followed once,
 * however many lead through it: all work together grows with the text of paths and targets, and that has a budget. Links
 * within links are a list here, not calls within calls, since a stranger decides how many there are.
 */
export class LinkEnds {
  readonly #root: Children;
  readonly #ends = new Map<BytePath, End>();
  /** The directory of the link that was asked for last: they come directory by directory. */
  #near: { readonly path: BytePath; readonly place: Place | null } = { path: "", place: null };
  #steps = 0;

  constructor(root: Children) {
    this.#root = root;
  }

  /** @returns null for the root, and for what leads nowhere @throws Failure limit-exceeded */
  *following(path: BytePath): Work<FilesystemNode | null> {
    const place = yield* this.#following(path, null);
    return place?.node ?? null;
  }

  /** As `following`, for a link's own path. Takes no time where the link was met before. */
  *findingEnd({ path }: FilesystemNode): Work<FilesystemNode | null> {
    const known = this.#ends.get(path);
    if (known !== undefined) return known.place?.node ?? null;
    const parent = parentOf(path);
    if (parent !== this.#near.path) {
      this.#near = { path: parent, place: yield* this.#following(parent, null) };
    }
    const place = yield* this.#following(baseOf(path), this.#near.place);
    return place?.node ?? null;
  }

  /** @param from where the path begins, unless it is absolute; null: the root */
  *#following(path: BytePath, from: Place | null): Work<Place | null> {
    let here = path.startsWith("/") ? null : from;
    let frame = this.#frame(null, path);
    const outer: Frame[] = [];
    for (let steps = 1; ; steps++) {
      if (steps % stretch === 0) yield;
      const part = frame.rest.pop();
      if (part === undefined) {
        if (frame.link !== null) this.#ends.set(frame.link, { place: here, links: frame.links });
        const next = outer.pop();
        if (next === undefined) return here;
        next.links += frame.links;
        frame = next;
        // One that leads through too many leads nowhere, and so does all that leads through it: see `#frame`.
        if (frame.links > limits.links) return null;
        continue;
      }
      const children: Children | null = here === null ? this.#root : here.node.children;
      if (children === null) return null;
      if (part === "" || part === ".") continue;
      if (part === "..") {
        here = here?.parent ?? null;
        continue;
      }
      const node = children.get(part);
      if (node === undefined) return null;
      const { type, linkTarget = "" } = node.attributes;
      if (type !== "symlink") {
        here = { node, parent: here };
        continue;
      }
      const { path: link } = node;
      const known = this.#ends.get(link);
      if (known === undefined) {
        outer.push(frame);
        frame = this.#frame(link, linkTarget);
        if (linkTarget.startsWith("/")) here = null;
        continue;
      }
      frame.links += known.links;
      if (frame.links > limits.links) return null;
      here = known.place;
    }
  }

  /** Until its end is found a link leads nowhere: that is right where it leads back to itself, and where the way breaks off. */
  #frame(link: BytePath | null, path: BytePath): Frame {
    const rest = path.split("/").reverse();
    this.#steps += rest.length;
    if (this.#steps > limits.linkSteps) throw tooManySteps();
    if (link === null) return { link, rest, links: 0 };
    this.#ends.set(link, nowhere);
    return { link, rest, links: 1 };
  }
}

function tooManySteps(): Failure {
  return new Failure(
    "limit-exceeded",
    "The image has more text in its symbolic links than any honest image has, so that it cannot be told where they lead.",
  );
}
