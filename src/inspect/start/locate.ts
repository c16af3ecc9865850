import { Failure } from "../../failure.ts";
import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import type { Children, FilesystemNode } from "../../image/filesystem/node.ts";
import { limits } from "../../image/limits.ts";
import { type BytePath, cleanPath } from "../../image/path.ts";

/** What a path leads to, for a process in a container that has just started. */
export type Place =
  | {
      readonly kind: "found";
      /** never a link */
      readonly node: FilesystemNode;
      /** the directories that were searched on the way, each of which needs permission; never the root */
      readonly searched: readonly FilesystemNode[];
    }
  | {
      readonly kind: "missing";
      /** the clean path, links followed, that does not exist or is not a directory */
      readonly at: BytePath;
      readonly why: "nothing" | "no-directory" | "links";
      /** where the path's last component leads, if that is a link to nothing; null otherwise */
      readonly target: BytePath | null;
    }
  /** below what the runtime mounts over the image: the image does not show what is there */
  | { readonly kind: "mounted"; readonly at: BytePath }
  /** the root, or a WORKDIR that is not in the image and that the engine creates */
  | { readonly kind: "directory" };

/**
 * Follows a path as path_resolution(7) says, but never leaves the root.
 * @param path need not be clean; a relative path begins in the directory
 * @param directory the working directory, absolute; the engine creates it if it is missing (moby's
 *   SetupWorkingDirectory)
 * @throws Failure limit-exceeded, for links that are made to be followed without end
 */
export function locate(filesystem: Filesystem, path: BytePath, directory: BytePath): Place {
  if (path.length >= limits.path || directory.length >= limits.path)
    return { kind: "missing", at: "", why: "nothing", target: null };
  const walk = new Walk(filesystem);
  if (!path.startsWith("/")) {
    const stop = walk.follow(directory, true);
    if (stop !== null) return stop;
    walk.searched.length = 0;
  }
  return walk.follow(path, false) ?? walk.end();
}

/** What runtimes mount into every container (runtime-spec config-linux.md, default filesystems). */
const mounted: ReadonlySet<string> = new Set(["proc", "sys", "dev"]);

/** A directory or file on the way; the node is null if only the engine creates it. */
interface Step {
  readonly name: string;
  readonly node: FilesystemNode | null;
}

/** One walk through a filesystem. */
class Walk {
  readonly searched: FilesystemNode[] = [];
  readonly #filesystem: Filesystem;
  /** from the root, which is not a step, to the current directory or file */
  #steps: Step[] = [];
  #links = 0;

  constructor(filesystem: Filesystem) {
    this.#filesystem = filesystem;
  }

  /**
   * Follows a path from the current directory.
   * @param makes whether to create missing directories
   * @returns why the walk ends before the path does; null if it does not
   */
  follow(path: BytePath, makes: boolean): Place | null {
    const rest = path.split("/").reverse();
    /** whether all that is left is what the path's last component links to */
    let isLink = false;
    if (path.startsWith("/")) this.#steps = [];
    for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
      const here = this.#steps.at(-1);
      const children = here === undefined ? this.#filesystem.children : (here.node?.children ?? null);
      if (children === null && here?.node) return this.#missing("no-directory");
      if (part === "" || part === ".") continue;
      if (here?.node) this.searched.push(here.node);
      if (part === "..") {
        this.#steps.pop();
        continue;
      }
      if (here === undefined && mounted.has(part))
        return { kind: "mounted", at: [part, ...rest.reverse()].join("/") };
      const node = children?.get(part) ?? null;
      // Behind `..` may be something that exists.
      if (node === null && !makes)
        return this.#missing("nothing", part, isLink && !rest.includes("..") ? rest.reverse() : null);
      if (node?.attributes.type !== "symlink") {
        this.#steps.push({ name: part, node });
        continue;
      }
      if (++this.#links > limits.links) return this.#missing("links", part);
      const target = node.attributes.linkTarget ?? "";
      if (target.startsWith("/")) this.#steps = [];
      const parts = target.split("/");
      countLinkSteps(this.#filesystem, parts.length);
      isLink ||= rest.length === 0;
      rest.push(...parts.reverse());
    }
    return null;
  }

  end(): Place {
    const node = this.#steps.at(-1)?.node ?? null;
    return node === null ? { kind: "directory" } : { kind: "found", node, searched: this.searched };
  }

  /** @param more what follows the part, if both are what a link leads to */
  #missing(
    why: "nothing" | "no-directory" | "links",
    part: string | null = null,
    more: readonly string[] | null = null,
  ): Place {
    const names = [...this.#steps.map(({ name }) => name), ...(part === null ? [] : [part])];
    const target = more === null ? null : cleanPath([...names, ...more].join("/")).path;
    return { kind: "missing", at: names.join("/"), why, target };
  }
}

/** Path components of link targets that were followed, by the root of their filesystem. */
const linkSteps = new WeakMap<Children, number>();

function countLinkSteps({ children }: Filesystem, steps: number): void {
  const all = (linkSteps.get(children) ?? 0) + steps;
  linkSteps.set(children, all);
  if (all > limits.linkSteps)
    throw new Failure(
      "limit-exceeded",
      "The symbolic links of the image have more path components than any real image. What it starts cannot be determined.",
    );
}
