import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";
import { type BytePath, baseOf, parentOf } from "../path.ts";

interface Node {
  readonly type: "directory" | "symlink" | "other";
  readonly linkTarget: BytePath;
  /** always empty except for a directory */
  readonly children: Map<string, Node>;
}

/** A directory that was looked up. */
interface Entered {
  /** the path that was looked up */
  readonly requested: BytePath;
  /** the path after resolving links */
  readonly path: BytePath;
  readonly node: Node;
}

/**
 * The tree that unpacking one layer creates, without the layers below. Runtimes follow links that the same
 * layer created before: after `lib -> usr/lib`, the member `lib/x` lands in `usr/lib`. This tree determines
 * where a member really lands.
 */
export class LayerTree {
  readonly #root = directory();
  readonly #top: Entered = { requested: "", path: "", node: this.#root };
  /**
   * The last directory looked up, cached because members are ordered by directory. Valid until a node is
   * replaced.
   */
  #last = this.#top;
  readonly #disputed = new Set<Node>();
  /** number of directories without a member */
  #unlisted = 0;
  /** number of path components visited because of links */
  #steps = 0;

  /**
   * Returns the path where a member named `path` lands. Creates missing parents.
   * @param path clean
   * @throws Failure archive-invalid if a parent is not a directory, limit-exceeded for too many links or
   * directories
   */
  place(path: BytePath): BytePath {
    const base = baseOf(path);
    const parent = this.#enter(parentOf(path)).path;
    return parent === "" ? base : `${parent}/${base}`;
  }

  /**
   * Adds a member at a path from `place`. A directory that replaces a directory keeps its children.
   * @returns whether the path is new
   */
  add(path: BytePath, type: Node["type"], linkTarget: BytePath = ""): boolean {
    const siblings = this.#enter(parentOf(path)).node.children;
    const name = baseOf(path);
    const existing = siblings.get(name);
    if (existing?.type !== "directory" || type !== "directory") {
      siblings.set(name, nodeOf(type, linkTarget));
      if (existing !== undefined) this.#last = this.#top;
    }
    return existing === undefined;
  }

  /** Returns the type of the node at a path from `place`; undefined if there is none. */
  typeAt(path: BytePath): Node["type"] | undefined {
    return this.#at(path)?.type;
  }

  /**
   * Marks a node at a path from `place` as deleted by the layer that contains it. Some runtimes remove the
   * node, others keep it, so where a member lands through a link at or under the node is undefined.
   */
  dispute(path: BytePath): void {
    const node = this.#at(path);
    if (node === undefined) return;
    this.#disputed.add(node);
    this.#last = this.#top;
  }

  #at(path: BytePath): Node | undefined {
    let node: Node | undefined = this.#root;
    for (const name of path === "" ? [] : path.split("/")) node = node?.children.get(name);
    return node;
  }

  #enter(path: BytePath): Entered {
    if (path !== this.#last.requested) this.#last = this.#walk(path);
    return this.#last;
  }

  #walk(path: BytePath): Entered {
    const trail: { readonly name: string; readonly node: Node }[] = [];
    const rest = path.split("/").reverse();
    let links = 0;
    for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
      if (name === "" || name === ".") continue;
      if (name === "..") {
        trail.pop();
        continue;
      }
      const { children } = trail.at(-1)?.node ?? this.#root;
      const child = children.get(name) ?? this.#createDirectory(children, name);
      if (child.type === "other") throw notADirectory(name);
      if (child.type === "symlink") {
        if (++links > limits.links) throw tooManyLinks();
        const nodes = [child, ...trail.map(({ node }) => node)];
        if (nodes.some((node) => this.#disputed.has(node))) throw disputed(name);
        this.#spend(nodes.length);
        if (child.linkTarget.startsWith("/")) trail.length = 0;
        const parts = child.linkTarget.split("/");
        this.#spend(parts.length);
        for (const part of parts.reverse()) rest.push(part);
        continue;
      }
      trail.push({ name, node: child });
      if (trail.length > limits.depth) throw tooDeep();
    }
    const node = trail.at(-1)?.node ?? this.#root;
    return { requested: path, path: links === 0 ? path : trail.map(({ name }) => name).join("/"), node };
  }

  #createDirectory(siblings: Map<string, Node>, name: string): Node {
    if (++this.#unlisted > limits.missingDirectories) throw tooManyDirectories();
    const created = directory();
    siblings.set(name, created);
    return created;
  }

  #spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > limits.placingSteps) throw tooManySteps();
  }
}

function nodeOf(type: Node["type"], linkTarget: BytePath): Node {
  if (type === "directory") return directory();
  return type === "symlink" ? { type, linkTarget, children: none } : other;
}

/** The children of nodes that cannot have any: always empty. */
const none: Map<string, Node> = new Map();
/** Shared by all nodes of its type, which have no state. */
const other: Node = { type: "other", linkTarget: "", children: none };

function directory(): Node {
  return { type: "directory", linkTarget: "", children: new Map() };
}

function notADirectory(name: string): Failure {
  return new Failure(
    "archive-invalid",
    `A layer has a file under ${JSON.stringify(name)}, which is not a directory in the same layer.`,
  );
}

function disputed(name: string): Failure {
  return new Failure(
    "archive-invalid",
    `A layer has files under the symbolic link ${JSON.stringify(name)}, which it also deletes. Build the layer again.`,
  );
}

function tooManyLinks(): Failure {
  return new Failure(
    "limit-exceeded",
    `A layer has a path that leads through over ${limits.links} symbolic links.`,
  );
}

function tooManySteps(): Failure {
  return new Failure(
    "limit-exceeded",
    "The paths of a layer lead through more links than those of any honest image.",
  );
}

function tooManyDirectories(): Failure {
  return new Failure(
    "limit-exceeded",
    `A layer has files in over ${limits.missingDirectories} directories that it does not list.`,
  );
}

function tooDeep(): Failure {
  return new Failure("limit-exceeded", "A layer has a path through links that is deeper than Linux allows.");
}
