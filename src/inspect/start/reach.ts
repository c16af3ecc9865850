import { type Filesystem, nodeAt, resolve } from "../../image/filesystem/filesystem.ts";
import type { Children, FilesystemNode } from "../../image/filesystem/node.ts";
import { type BytePath, baseOf, parentOf } from "../../image/path.ts";
import { may, type Wish } from "./account.ts";
import type { Credentials } from "./loading.ts";

/** The result of open(2): nothing (ENOENT, ENOTDIR), denied (EACCES), or a file of any type. */
export type Opened =
  | { readonly kind: "nothing" }
  | { readonly kind: "denied" | "open"; readonly node: FilesystemNode };

const nothing: Opened = { kind: "nothing" };

/**
 * What a process in the container can open. A runtime still holds CAP_DAC_OVERRIDE when it executes the
 * entrypoint. So permissions do not apply to the program and its interpreter, which the kernel opens. They
 * apply to what the program opens itself, including its libraries (capabilities(7), "Transformation of
 * capabilities during execve()").
 *
 * Each look-up costs steps, and their number is limited: hostile images name millions of libraries and
 * directories.
 */
export class Reach {
  readonly #filesystem: Filesystem;
  readonly #workingDirectory: BytePath;
  readonly #user: Credentials | null;
  readonly #directories = new Map<BytePath, Children | null>();
  readonly #searchable = new Map<BytePath, boolean>();
  /** the path of any entry of the root */
  #top: BytePath | undefined;
  #steps = 500_000;
  /** the first file whose access control list would have to be read; null if there is none */
  listed: FilesystemNode | null = null;

  constructor(filesystem: Filesystem, workingDirectory: BytePath, user: Credentials | null) {
    this.#filesystem = filesystem;
    this.#workingDirectory = workingDirectory;
    this.#user = user;
  }

  /** If true, nothing is found any more. That does not prove that it is missing. */
  get isExhausted(): boolean {
    return this.#steps <= 0;
  }

  spend(steps: number): void {
    this.#steps -= steps;
  }

  /** Resolves a path against the working directory. */
  absolute(path: BytePath): BytePath {
    return path.startsWith("/") ? path : `${this.#workingDirectory}/${path}`;
  }

  open(path: BytePath): Opened {
    const slash = path.lastIndexOf("/");
    const directory = path.slice(0, slash + 1);
    return this.openIn(directory, path.slice(slash + 1));
  }

  /** Opens a name, without a slash, in a directory. @param directory empty for the working directory */
  openIn(directory: BytePath, name: BytePath): Opened {
    this.#steps--;
    if (this.isExhausted) return nothing;
    const child = this.#childrenOf(directory)?.get(name);
    if (child === undefined) return nothing;
    const node = child.attributes.type === "symlink" ? this.#resolve(`/${child.path}`) : child;
    if (node === null) return nothing;
    const isReadable =
      this.#isSearchable(parentOf(child.path)) &&
      this.#isSearchable(parentOf(node.path)) &&
      this.#may(node, 4);
    return { kind: isReadable ? "open" : "denied", node };
  }

  /** Reports whether the user may execute a file, without the rights of the runtime. */
  mayExecute(node: FilesystemNode): boolean {
    return this.#isSearchable(parentOf(node.path)) && this.#may(node, 1);
  }

  isDirectory(path: BytePath): boolean {
    return this.#childrenOf(path) !== null;
  }

  /** Returns at most 64 names in a directory, sorted. */
  namesIn(directory: BytePath): readonly string[] {
    const names: string[] = [];
    this.#childrenOf(directory)?.forEach(({ path }) => {
      this.#steps--;
      if (names.length < 64) names.push(baseOf(path));
    });
    return names.sort();
  }

  #resolve(path: BytePath): FilesystemNode | null {
    this.#steps -= path.split("/").length;
    return this.isExhausted ? null : resolve(this.#filesystem, path);
  }

  #childrenOf(directory: BytePath): Children | null {
    const known = this.#directories.get(directory);
    if (known !== undefined) return known;
    const path = this.absolute(directory);
    const children = this.#resolve(path)?.children ?? (this.#isRoot(path) ? this.#filesystem.children : null);
    this.#directories.set(directory, children);
    return children;
  }

  /** The root has no node, so it is identified by its content. */
  #isRoot(path: BytePath): boolean {
    if (this.#top === undefined) {
      this.#top = "";
      this.#filesystem.children.forEach(({ path }) => {
        this.#top ||= path;
      });
    }
    return this.#top !== "" && this.#pathOf(`${path}/${this.#top}`) === this.#pathOf(this.#top);
  }

  #pathOf(path: BytePath): BytePath | undefined {
    return this.#resolve(path)?.path;
  }

  #isSearchable(directory: BytePath): boolean {
    if (this.#user === null || directory === "") return true;
    const known = this.#searchable.get(directory);
    if (known !== undefined) return known;
    this.#steps -= directory.split("/").length;
    const node = nodeAt(this.#filesystem, directory);
    const isSearchable = node !== null && this.#may(node, 1) && this.#isSearchable(parentOf(directory));
    this.#searchable.set(directory, isSearchable);
    return isSearchable;
  }

  #may(node: FilesystemNode, wish: Wish): boolean {
    if (this.#user === null || this.#user.uid === 0) return true;
    const answer = may(this.#user, node, wish);
    if (answer === null) this.listed ??= node;
    return answer !== false;
  }
}
