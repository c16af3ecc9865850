import type { FilesystemNode } from "../../image/filesystem/node.ts";
import { type BytePath, parentOf } from "../../image/path.ts";
import { shownPath, textOf } from "../bytes.ts";
import { cacheAbi } from "./abi.ts";
import { type Loaded, type SearchSettings, searchLibrary } from "./glibc-search.ts";
import { recordVersions } from "./glibc-versions.ts";
import { type LdSoCache, ldSoCache } from "./ld-so-cache.ts";
import { recordMissing } from "./missing-library.ts";
import type { OpenedLoader } from "./opened-loader.ts";
import { ProcessorDirectories } from "./processor-directories.ts";
import { expandTokens, libToken, platformToken, type Tokens } from "./tokens.ts";

/** More libraries than any program has. Each costs a search. */
const maxLibraries = 10_000;

/**
 * Loads a program's libraries as glibc's loader does: first what is preloaded, then what each file needs,
 * breadth first (elf/dl-deps.c). A loaded file serves every name that it was requested by, its own name
 * (soname), and other paths to the same file. Finally, it looks for all needed symbol versions.
 */
export function loadWithGlibc(start: OpenedLoader): void {
  new GlibcLoading(start).load();
}

class GlibcLoading {
  readonly #start: OpenedLoader;
  readonly #settings: SearchSettings;
  readonly #main: Loaded;
  readonly #loaded: Loaded[];
  readonly #byName = new Map<BytePath, Loaded>();
  readonly #byFile = new Map<object | BytePath, Loaded>();
  readonly #missing = new Set<BytePath>();

  constructor(start: OpenedLoader) {
    this.#start = start;
    const { request, elf, loader, reach, variable } = start;
    this.#settings = {
      reach,
      processors: new ProcessorDirectories(reach),
      machine: elf,
      libraryPath: request.isSecure ? null : variable("LD_LIBRARY_PATH"),
      cache: cacheOf(start),
      directories: loader.elf.loaderDirectories ?? null,
    };
    this.#main = {
      node: request.program,
      elf,
      loader: null,
      tokens: this.#tokens(`/${request.program.path}`, true),
    };
    this.#loaded = [this.#main];
    this.#name(elf.dynamic?.soname, this.#main);
    const itself: Loaded = {
      node: loader.node,
      elf: loader.elf,
      loader: this.#main,
      tokens: this.#tokens(start.requested, false),
    };
    this.#name(start.requested, itself);
    this.#name(loader.elf.dynamic?.soname, itself);
  }

  load(): void {
    const { record, reach } = this.#start;
    for (const name of this.#preloads()) this.#preload(name);
    for (let at = 0; at < this.#loaded.length && !reach.isExhausted; at++) {
      const by = this.#loaded[at];
      for (const name of by?.elf?.dynamic?.needed ?? []) if (by !== undefined) this.#need(name, by);
    }
    if (reach.isExhausted) {
      record.unknown(
        `${shownPath(this.#main.node.path)} leads to more libraries and directories than Image Audit follows.`,
      );
    }
    recordVersions(this.#loaded, (name) => this.#byName.get(name), { record, reach });
  }

  #need(written: BytePath, by: Loaded): void {
    const { record, reach } = this.#start;
    const { path, doubt } = expandTokens(written, by.tokens);
    const name = path ?? written;
    if (this.#byName.has(name)) return;
    if (doubt !== null || path === null) {
      record.unknown(
        `${shownPath(by.node.path)} needs ${textOf(written)}: ${doubt ?? "the loader ignores such a path"}.`,
      );
      return;
    }
    const { found, doubts, passed } = searchLibrary(name, by, this.#settings);
    if (found === null) {
      if (this.#missing.has(name)) return;
      this.#missing.add(name);
      recordMissing(name, by.node, { record, reach, doubts, passed });
    } else if (found.is.kind === "broken" || found.is.kind === "other") {
      if (this.#missing.has(name)) return;
      this.#missing.add(name);
      record.link("library", name, by.node, null);
      record.problem("library-missing", by.node, name, `${shownPath(found.node.path)} ${found.is.words}`);
    } else {
      if (found.is.kind === "unread") record.unknown(`${shownPath(found.node.path)} ${found.is.words}.`);
      this.#add(name, found.path, found.node, found.is.kind === "library", by);
    }
  }

  #preload(name: BytePath): void {
    if (this.#byName.has(name)) return;
    const { found } = searchLibrary(name, this.#main, this.#settings);
    if (found?.is.kind === "library") this.#add(name, found.path, found.node, true, this.#main);
    else if (found?.is.kind !== "unread") {
      this.#start.record.hint(`The loader cannot preload ${textOf(name)}, and prints a warning.`);
    }
  }

  #add(name: BytePath, path: BytePath, node: FilesystemNode, isRead: boolean, by: Loaded): void {
    const { record, reach } = this.#start;
    const file = node.inode ?? node.path;
    const known = this.#byFile.get(file);
    if (known !== undefined) {
      this.#name(name, known);
      return;
    }
    const elf = isRead ? (node.attributes.content?.elf ?? null) : null;
    const loaded = { node, elf, loader: by, tokens: this.#tokens(reach.absolute(path), false) };
    record.link("library", name, by.node, node);
    this.#byFile.set(file, loaded);
    this.#name(name, loaded);
    this.#name(path, loaded);
    this.#name(elf?.dynamic?.soname, loaded);
    this.#loaded.push(loaded);
    if (this.#loaded.length > maxLibraries) reach.spend(Number.POSITIVE_INFINITY);
  }

  /** Registers a name. The first file of a name keeps it. */
  #name(name: BytePath | undefined, loaded: Loaded): void {
    if (name !== undefined && !this.#byName.has(name)) this.#byName.set(name, loaded);
  }

  /** Returns LD_PRELOAD, which secure programs mostly ignore, then /etc/ld.so.preload. */
  #preloads(): readonly BytePath[] {
    const { request, reach, record, variable } = this.#start;
    const own = request.isSecure ? [] : (variable("LD_PRELOAD") ?? "").split(/[ :]/);
    const file = reach.open("/etc/ld.so.preload");
    const text = file.kind === "open" ? file.node.attributes.content?.text : "";
    if (text === undefined)
      record.unproven("/etc/ld.so.preload was not read: it may name libraries to preload.");
    return [...own, ...(text ?? "").replace(/#.*/g, "").split(/[ \t\n:]/)].filter((name) => name !== "");
  }

  #tokens(path: BytePath, isMain: boolean): Tokens {
    const { request, loader, elf } = this.#start;
    const { isSecure } = request;
    return {
      origin: parentOf(path) || "/",
      lib: libToken(loader.elf),
      platform: platformToken(elf),
      isSecure,
      trusted: isSecure && isMain ? (loader.elf.loaderDirectories ?? []) : null,
    };
  }
}

/** Returns null if the cache could not be read, or the loader may have its cache elsewhere. */
function cacheOf({ reach, loader }: OpenedLoader): LdSoCache | null {
  const isOfSystem = loader.elf.loaderDirectories?.some((path) => /^\/(?:usr\/)?lib/.test(path)) ?? true;
  if (!isOfSystem) return null;
  const file = reach.open("/etc/ld.so.cache");
  if (file.kind !== "open" || file.node.size === 0) return () => ({ path: null, processors: [] });
  const text = file.node.attributes.content?.text;
  const abi = cacheAbi(loader.elf);
  return text === undefined || abi === null ? null : ldSoCache(text, abi);
}
