import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";
import type { BytePath } from "../path.ts";
import { baseOf, parentOf } from "../path.ts";

interface Node {
  readonly type: "directory" | "symlink" | "other";
  readonly linkTarget: BytePath;
  /** of a directory */
  readonly children: Map<string, Node>;
}

/** A directory, and its path, in which no link is left. */
interface Entered {
  readonly asked: BytePath;
  readonly path: BytePath;
  readonly node: Node;
}

/**
 * The tree that one layer makes while it is unpacked, on its own, without the layers below. Runtimes unpack a member
 * through links that the same layer has made before (`lib -> usr/lib`, then `lib/x` lands in `usr/lib`); this is what
 * tells where a member really lands.
 */
export class LayerTree {
  readonly #root = directory();
  readonly #top: Entered = { asked: "", path: "", node: this.#root };
  /** What was entered last, since members come directory by directory. It leads where it led until something is replaced. */
  #last = this.#top;
  readonly #disputed = new Set<Node>();
  /** directories that no member stands for */
  #made = 0;
  /** components that were looked at because of links */
  #steps = 0;

  /**
   * The path under which a member called `path` lands. Parents that are missing are made.
   * @param path clean
   * @throws Failure archive-invalid where a parent is no directory, limit-exceeded for a maze of links or of directories
   */
  place(path: BytePath): BytePath {
    const base = baseOf(path);
    const parent = this.#enter(parentOf(path)).path;
    return parent === "" ? base : `${parent}/${base}`;
  }

  /** Puts a member where `place` said. A directory over a directory keeps what is in it. @returns whether it is new */
  add(path: BytePath, type: Node["type"], linkTarget: BytePath = ""): boolean {
    const siblings = this.#enter(parentOf(path)).node.children;
    const name = baseOf(path);
    const old = siblings.get(name);
    if (old?.type !== "directory" || type !== "directory") {
      siblings.set(name, nodeOf(type, linkTarget));
      if (old !== undefined) this.#last = this.#top;
    }
    return old === undefined;
  }

  /** What stands at a placed path; undefined: nothing. */
  typeAt(path: BytePath): Node["type"] | undefined {
    return this.#at(path)?.type;
  }

  /**
   * Says that the layer deletes what stands at a placed path, which it has itself. Some runtimes then remove it, and to
   * others it stays: where a member lands that comes through a link there is for nobody to say.
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
    if (path !== this.#last.asked) this.#last = this.#walk(path);
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
      const child = children.get(name) ?? this.#missing(children, name);
      if (child.type === "other") throw notADirectory(name);
      if (child.type === "symlink") {
        if (++links > limits.links) throw tooManyLinks();
        const way = [child, ...trail.map(({ node }) => node)];
        if (way.some((node) => this.#disputed.has(node))) throw disputed(name);
        this.#spend(way.length);
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
    return { asked: path, path: links === 0 ? path : trail.map(({ name }) => name).join("/"), node };
  }

  #missing(siblings: Map<string, Node>, name: string): Node {
    if (++this.#made > limits.missingDirectories) throw tooManyDirectories();
    const made = directory();
    siblings.set(name, made);
    return made;
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

/** The children of what can have none: always empty. */
const none: Map<string, Node> = new Map();
/** Shared by all of its type: nothing tells them apart. */
const other: Node = { type: "other", linkTarget: "", children: none };

function directory(): Node {
  return { type: "directory", linkTarget: "", children: new Map() };
}

function notADirectory(name: string): Failure {
  return new Failure(
    "archive-invalid",
    `A layer puts a file under ${JSON.stringify(name)}, which it has as something other than a directory.`,
  );
}

function disputed(name: string): Failure {
  return new Failure(
    "archive-invalid",
    `A layer puts files under the symbolic link ${JSON.stringify(name)}, which it deletes as well; build the layer anew.`,
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
    "A layer has more text in the links that its paths lead through than any honest image has.",
  );
}

function tooManyDirectories(): Failure {
  return new Failure(
    "limit-exceeded",
    `A layer has files in over ${limits.missingDirectories} directories that it does not list.`,
  );
}

function tooDeep(): Failure {
  return new Failure(
    "limit-exceeded",
    "A layer has a path that leads through links deeper than Linux allows.",
  );
}
