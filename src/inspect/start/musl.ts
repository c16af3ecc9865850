import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { ElfFacts } from "../../image/layer/content.ts";
import { type BytePath, baseOf, parentOf } from "../../image/path.ts";
import { shownPath, textOf } from "../bytes.ts";
import { candidate } from "./candidate.ts";
import { muslArchitecture } from "./loader-kind.ts";
import { recordMissing } from "./missing-library.ts";
import type { OpenedLoader } from "./opened-loader.ts";

/** A program or library that musl's loader has loaded (struct dso). */
interface Loaded {
  readonly node: FilesystemNode;
  /** the path by which it was opened */
  readonly path: BytePath;
  readonly elf: ElfFacts | null;
  /** the file that needed it first; null for the program itself and for preloaded files */
  readonly neededBy: Loaded | null;
}

/** More libraries than any program has. */
const maxLibraries = 10_000;

/** Names of musl itself, whatever follows the dot (ldso/dynlink.c, load_library). */
const reserved = /^lib(?:c|pthread|rt|m|dl|util|xnet)\./;

/**
 * Loads a program's libraries as musl's loader does (ldso/dynlink.c), breadth first. musl takes the first
 * file of a name, whatever it is. It has no symbol versions: only a run shows whether all symbols exist.
 */
export function loadWithMusl(start: OpenedLoader): void {
  new MuslLoading(start).load();
}

class MuslLoading {
  readonly #start: OpenedLoader;
  readonly #loaded: Loaded[];
  readonly #byShortName = new Map<BytePath, Loaded>();
  readonly #byFile = new Map<object | BytePath, Loaded>();
  readonly #missing = new Set<BytePath>();
  readonly #libraryPath: BytePath | null;
  /** null if the path file could not be read */
  readonly #systemPath: BytePath | null;

  constructor(start: OpenedLoader) {
    this.#start = start;
    const { request, elf, variable } = start;
    const { program } = request;
    this.#loaded = [{ node: program, path: `/${program.path}`, elf, neededBy: null }];
    this.#libraryPath = request.isSecure ? null : variable("LD_LIBRARY_PATH");
    this.#systemPath = systemPathOf(start);
  }

  load(): void {
    const { request, record, reach, variable } = this.#start;
    const preloads = request.isSecure ? "" : (variable("LD_PRELOAD") ?? "");
    for (const name of preloads.split(/[\s:]+/)) if (name !== "") this.#load(name, null);
    for (let at = 0; at < this.#loaded.length && !reach.isExhausted; at++) {
      const by = this.#loaded[at];
      for (const name of by?.elf?.dynamic?.needed ?? []) if (by !== undefined) this.#load(name, by);
    }
    const [main] = this.#loaded;
    if (main === undefined) return;
    if (reach.isExhausted) {
      record.unknown(
        `${shownPath(main.node.path)} leads to more libraries and directories than Image Audit follows.`,
      );
    }
    this.#recordSymbols();
  }

  /**
   * Records what is unknown about symbols. A file that was built for glibc may need symbols that musl lacks.
   */
  #recordSymbols(): void {
    const { record, loader } = this.#start;
    const alien = this.#loaded.find(({ elf }) =>
      elf?.dynamic?.versionNeeds?.some(({ versions }) =>
        versions.some(({ name }) => name.startsWith("GLIBC_")),
      ),
    );
    if (alien !== undefined) {
      record.unknown(
        `${shownPath(alien.node.path)} was built for glibc, but ${shownPath(loader.node.path)} is musl: symbols may be missing.`,
      );
    }
    record.unproven("musl has no symbol versions, so whether all symbols exist was not checked.");
  }

  /** @param by null if it is preloaded, and may be missing */
  #load(name: BytePath, by: Loaded | null): void {
    const { record, reach, requested, elf, loader } = this.#start;
    if (reserved.test(name) || name === requested || this.#byShortName.has(name)) return;
    const node = by?.node ?? this.#start.request.program;
    const { found, doubts, passed } = this.#search(name, by);
    if (found === null) {
      if (by === null) record.hint(`The loader cannot preload ${textOf(name)}: it was not found.`);
      else if (!this.#missing.has(name)) recordMissing(name, node, { record, reach, doubts, passed });
      this.#missing.add(name);
      return;
    }
    // A second C library is never loaded.
    if (isSameFile(found.node, loader.node)) return;
    const file = found.node.inode ?? found.node.path;
    const known = this.#byFile.get(file);
    if (known !== undefined) {
      if (!name.includes("/") && !this.#hasShortName(known)) this.#byShortName.set(baseOf(known.path), known);
      return;
    }
    const is = candidate(found.node, elf);
    if (is.kind === "broken" || is.kind === "other") {
      if (by === null) record.hint(`The loader cannot preload ${textOf(name)}, which ${is.words}.`);
      else if (!this.#missing.has(name)) {
        record.link("library", name, node, null);
        record.problem("library-missing", node, name, `${shownPath(found.node.path)} ${is.words}`);
      }
      this.#missing.add(name);
      return;
    }
    if (is.kind === "unread") record.unknown(`${shownPath(found.node.path)} ${is.words}.`);
    record.link("library", name, node, found.node);
    const loaded = {
      node: found.node,
      path: found.path,
      elf: is.kind === "library" ? is.elf : null,
      neededBy: by,
    };
    this.#byFile.set(file, loaded);
    if (!name.includes("/")) this.#byShortName.set(name, loaded);
    this.#loaded.push(loaded);
    if (this.#loaded.length > maxLibraries) reach.spend(Number.POSITIVE_INFINITY);
  }

  #hasShortName(loaded: Loaded): boolean {
    return this.#byShortName.get(baseOf(loaded.path)) === loaded;
  }

  /**
   * Searches LD_LIBRARY_PATH, then RUNPATH (or RPATH) of the file and of all that needed it, then the
   * system's path.
   */
  #search(name: BytePath, by: Loaded | null) {
    const { reach } = this.#start;
    const doubts: string[] = [];
    const passed: string[] = [];
    for (const path of name.includes("/") ? [name] : this.#places(name, by, doubts)) {
      if (reach.isExhausted) break;
      const opened = reach.open(path);
      if (opened.kind === "open") return { found: { path, node: opened.node }, doubts, passed };
      if (opened.kind === "denied")
        passed.push(`the image's user cannot read ${shownPath(opened.node.path)}`);
    }
    return { found: null, doubts, passed };
  }

  *#places(name: BytePath, by: Loaded | null, doubts: string[]): Generator<BytePath, void> {
    const { reach } = this.#start;
    yield* inList(this.#libraryPath ?? "", name);
    for (let one = by; one !== null && !reach.isExhausted; one = one.neededBy) {
      const path = this.#runpathOf(one);
      reach.spend(1 + Math.floor(path.length / 64));
      yield* inList(path, name);
    }
    if (this.#systemPath === null) doubts.push("musl's path file could not be read");
    yield* inList(this.#systemPath ?? "", name);
  }

  /** `$ORIGIN` is the only token. A path with another token is ignored (fixup_rpath). */
  #runpathOf({ elf, path, neededBy }: Loaded): BytePath {
    const { request, reach } = this.#start;
    const written = elf?.dynamic?.runpath ?? elf?.dynamic?.rpath ?? "";
    if (!written.includes("$")) return written;
    if (/\$(?!ORIGIN|\{ORIGIN\})/.test(written)) return "";
    const isMain = neededBy === null && path === `/${request.program.path}`;
    if (request.isSecure && (isMain || !path.startsWith("/"))) return "";
    const origin = path.includes("/") ? parentOf(path) : ".";
    const expanded = written.replace(/\$(?:ORIGIN|\{ORIGIN\})/g, () => origin);
    reach.spend(Math.floor(expanded.length / 64));
    return expanded;
  }
}

function* inList(list: BytePath, name: BytePath): Generator<BytePath, void> {
  for (const directory of list.split(/[:\n]/)) if (directory !== "") yield `${directory}/${name}`;
}

/**
 * Returns the path of the path file: it is in etc/ beside the requested directory of the loader, as /etc is
 * for /lib.
 */
function systemPathOf({ requested, loader, reach }: OpenedLoader): BytePath | null {
  const usual = "/lib:/usr/local/lib:/usr/lib";
  const architecture = muslArchitecture(loader.node, loader.elf, requested);
  if (architecture === null) return null;
  const prefix = requested.startsWith("/") ? parentOf(parentOf(requested)) : "";
  const file = reach.open(`${prefix}/etc/ld-musl-${architecture}.path`);
  if (file.kind === "nothing") return usual;
  if (file.kind === "denied") return "";
  return file.node.size === 0 ? "" : (file.node.attributes.content?.text ?? null);
}

function isSameFile(a: FilesystemNode, b: FilesystemNode): boolean {
  return a.path === b.path || (a.inode !== null && a.inode === b.inode);
}
