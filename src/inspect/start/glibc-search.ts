import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { ElfFacts } from "../../image/layer/content.ts";
import type { BytePath } from "../../image/path.ts";
import { shownPath, textOf } from "../bytes.ts";
import { type Candidate, candidate } from "./candidate.ts";
import type { LdSoCache } from "./ld-so-cache.ts";
import type { ProcessorDirectories } from "./processor-directories.ts";
import type { Opened, Reach } from "./reach.ts";
import { expandTokens, type Tokens } from "./tokens.ts";

/** A program or library in the link map of glibc's loader. */
export interface Loaded {
  readonly node: FilesystemNode;
  /** null if unknown */
  readonly elf: ElfFacts | null;
  /** the file that loaded it; null for the program itself */
  readonly loader: Loaded | null;
  readonly tokens: Tokens;
}

/** The settings that all searches of one program share. */
export interface SearchSettings {
  readonly reach: Reach;
  readonly processors: ProcessorDirectories;
  readonly machine: ElfFacts;
  /** LD_LIBRARY_PATH as written; null if it is not set, or for AT_SECURE */
  readonly libraryPath: BytePath | null;
  /** null if it could not be read */
  readonly cache: LdSoCache | null;
  /** the directories that are compiled into the loader; null if unknown */
  readonly directories: readonly BytePath[] | null;
}

/** Where a search ended, and what it met on the way, each as the end of a sentence. */
export interface SearchResult {
  /** null if nothing was found */
  readonly found: { readonly path: BytePath; readonly node: FilesystemNode; readonly is: Candidate } | null;
  /** why the loader may find another file */
  readonly doubts: readonly string[];
  /** files of that name that were skipped */
  readonly passed: readonly string[];
}

/** A file to try next. It has a doubt if not every machine tries it. */
interface Place {
  readonly directory: BytePath;
  readonly name: BytePath;
  readonly doubt: string | null;
}

/**
 * Searches for a library in the order of glibc's loader (elf/dl-load.c, ld.so(8)): RPATH of the file and of
 * the files that loaded it, unless the file has a RUNPATH; LD_LIBRARY_PATH; RUNPATH of the file alone; the
 * cache; the directories that are compiled into the loader. A name with a slash is a path. The caller has
 * replaced the name's tokens. The search skips files of other machines, and ends at a file that is not a
 * library.
 */
export function searchLibrary(name: BytePath, by: Loaded, settings: SearchSettings): SearchResult {
  const doubts: string[] = [];
  const passed: string[] = [];
  const { reach } = settings;
  for (const { directory, name: file, doubt } of places(name, by, settings, doubts)) {
    if (reach.isExhausted) break;
    const path = directory === "" || directory.endsWith("/") ? `${directory}${file}` : `${directory}/${file}`;
    const opened = reach.openIn(directory, file);
    const is = judge(opened, settings.machine);
    if (opened.kind === "nothing" || is === null) continue;
    if (doubt !== null) {
      if (is.kind === "library" || is.kind === "unread") doubts.push(`${textOf(path)} exists, but ${doubt}`);
    } else if (opened.kind === "denied") {
      passed.push(`the image's user cannot read ${shownPath(opened.node.path)}`);
    } else if (is.kind === "other") {
      passed.push(`${shownPath(opened.node.path)} ${is.words}`);
    } else {
      return { found: { path, node: opened.node, is }, doubts, passed };
    }
  }
  return { found: null, doubts, passed };
}

function judge(opened: Opened, machine: ElfFacts): Candidate | null {
  return opened.kind === "nothing" ? null : candidate(opened.node, machine);
}

function* places(
  name: BytePath,
  by: Loaded,
  settings: SearchSettings,
  doubts: string[],
): Generator<Place, void> {
  if (name.includes("/")) {
    yield placeOf(name, null);
    return;
  }
  const { reach } = settings;
  let main = by;
  // A file with a RUNPATH has no RPATH, whatever its bytes say.
  const hasRunpath = by.elf?.dynamic?.runpath !== undefined;
  for (let one: Loaded | null = by; one !== null && !reach.isExhausted; one = one.loader) {
    reach.spend(1);
    main = one;
    const { rpath, runpath } = one.elf?.dynamic ?? {};
    if (!hasRunpath && runpath === undefined) yield* inList(rpath, /:/, name, one.tokens, settings);
  }
  yield* inList(settings.libraryPath ?? undefined, /[:;]/, name, main.tokens, settings);
  yield* inList(by.elf?.dynamic?.runpath, /:/, name, by.tokens, settings);
  yield* inDefaults(name, by.elf?.dynamic?.hasNoDefaultLibraries === true, settings, doubts);
}

function* inList(
  list: BytePath | undefined,
  separator: RegExp,
  name: BytePath,
  tokens: Tokens,
  settings: SearchSettings,
): Generator<Place, void> {
  if (list === undefined || list === "") return;
  for (const part of list.split(separator)) {
    // The cost of splitting a list grows with its length.
    settings.reach.spend(1 + Math.floor(part.length / 64));
    const { path, doubt } = expandTokens(part, tokens);
    if (path === null || (path === "" && part !== "")) continue;
    yield* inDirectory(path, name, doubt, settings);
  }
}

/** Yields paths of the cache and the built-in directories. @param isLeftOut DF_1_NODEFLIB */
function* inDefaults(
  name: BytePath,
  isLeftOut: boolean,
  settings: SearchSettings,
  doubts: string[],
): Generator<Place, void> {
  const { cache, directories } = settings;
  const isDefault = (path: BytePath) => directories?.some((one) => path.startsWith(`${one}/`)) ?? true;
  if (cache === null) doubts.push("the loader's cache could not be read");
  const { path, processors } = cache?.(name) ?? { path: null, processors: [] };
  for (const one of processors) if (!isLeftOut || !isDefault(one)) yield placeOf(one, someProcessors);
  if (path !== null && (!isLeftOut || !isDefault(path))) yield placeOf(path, null);
  if (isLeftOut) return;
  if (directories === null) doubts.push("the loader's built-in directories could not be read");
  for (const directory of directories ?? []) yield* inDirectory(directory, name, null, settings);
}

const someProcessors = "only for some processors";

/** Yields the paths in a directory, those for some processors first. */
function* inDirectory(
  directory: BytePath,
  name: BytePath,
  doubt: string | null,
  { processors }: SearchSettings,
): Generator<Place, void> {
  for (const processor of processors.of(directory)) {
    yield { directory: processor, name, doubt: someProcessors };
  }
  yield { directory, name, doubt };
}

function placeOf(path: BytePath, doubt: string | null): Place {
  const slash = path.lastIndexOf("/");
  return { directory: path.slice(0, slash + 1), name: path.slice(slash + 1), doubt };
}
