import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";
import { type BytePath, baseOf, parentOf } from "../path.ts";
import { stretch, type Work } from "../work.ts";
import type { Children, FilesystemNode } from "./node.ts";

/** A node and its parent directory. Null represents the root. */
interface Place {
  readonly node: FilesystemNode;
  readonly parent: Place | null;
}

/** Where a link ends, and the number of links on the way, including itself. */
interface End {
  readonly place: Place | null;
  readonly links: number;
}

const nowhere: End = { place: null, links: Number.POSITIVE_INFINITY };

/** A path that is being followed: the requested one, or the target of a link on the way. */
interface Frame {
  /** path of the link whose target this is; null for the requested path */
  readonly link: BytePath | null;
  /** remaining components, the next one last */
  readonly rest: string[];
  links: number;
}

/**
 * Follows paths through the links of one filesystem. Caches where each link ends, so that each is followed
 * once, however many others lead through it. The total work grows with the text of paths and targets, which
 * has a limit. Uses an explicit stack for links within links instead of recursion, since untrusted input
 * decides how deep they nest.
 */
export class LinkEnds {
  readonly #root: Children;
  readonly #ends = new Map<BytePath, End>();
  /** The parent of the last requested link, cached because links are requested directory by directory. */
  #lastParent: { readonly path: BytePath; readonly place: Place | null } = { path: "", place: null };
  #steps = 0;

  constructor(root: Children) {
    this.#root = root;
  }

  /**
   * Follows a path from the root.
   * @returns null for the root, and for a path that leads nowhere
   * @throws Failure limit-exceeded
   */
  *following(path: BytePath): Work<FilesystemNode | null> {
    const place = yield* this.#following(path, null);
    return place?.node ?? null;
  }

  /** Like `following`, for a link's own path. Returns immediately if the link was followed before. */
  *findingEnd({ path }: FilesystemNode): Work<FilesystemNode | null> {
    const cached = this.#ends.get(path);
    if (cached !== undefined) return cached.place?.node ?? null;
    const parent = parentOf(path);
    if (parent !== this.#lastParent.path) {
      this.#lastParent = { path: parent, place: yield* this.#following(parent, null) };
    }
    const place = yield* this.#following(baseOf(path), this.#lastParent.place);
    return place?.node ?? null;
  }

  /** @param from where a relative path begins; null for the root */
  *#following(path: BytePath, from: Place | null): Work<Place | null> {
    let place = path.startsWith("/") ? null : from;
    let frame = this.#frame(null, path);
    const outer: Frame[] = [];
    for (let steps = 1; ; steps++) {
      if (steps % stretch === 0) yield;
      const part = frame.rest.pop();
      if (part === undefined) {
        if (frame.link !== null) this.#ends.set(frame.link, { place, links: frame.links });
        const next = outer.pop();
        if (next === undefined) return place;
        next.links += frame.links;
        frame = next;
        // A link through too many others leads nowhere, and so do all links through it: see `#frame`.
        if (frame.links > limits.links) return null;
        continue;
      }
      const children: Children | null = place === null ? this.#root : place.node.children;
      if (children === null) return null;
      if (part === "" || part === ".") continue;
      if (part === "..") {
        place = place?.parent ?? null;
        continue;
      }
      const node = children.get(part);
      if (node === undefined) return null;
      const { type, linkTarget = "" } = node.attributes;
      if (type !== "symlink") {
        place = { node, parent: place };
        continue;
      }
      const { path: link } = node;
      const cached = this.#ends.get(link);
      if (cached === undefined) {
        outer.push(frame);
        frame = this.#frame(link, linkTarget);
        if (linkTarget.startsWith("/")) place = null;
        continue;
      }
      frame.links += cached.links;
      if (frame.links > limits.links) return null;
      place = cached.place;
    }
  }

  /**
   * Begins to follow a path. Until its end is found, a link leads nowhere, which is correct if it leads back
   * to itself or if a component on the way is missing.
   */
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
    "The image's symbolic links have more text than those of any honest image, so they are not followed.",
  );
}
