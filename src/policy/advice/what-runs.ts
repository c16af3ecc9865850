import type { Inspection } from "../../inspect/inspection.ts";
import type { StartLink } from "../../inspect/start/start.ts";
import { plainCommand, shellFormOf } from "./command.ts";
import { baseReference, instructionOf, ownLayers } from "./own-layers.ts";

/** What an image runs, as far as the proof of its start shows it. */
export type Runs =
  | Program
  | Interpreted
  /** what needs a shell: the instruction in shell form, or the script's path */
  | { readonly kind: "shell"; readonly instruction: string | null; readonly script: string | null }
  /** runs scripts of package.json with a shell */
  | { readonly kind: "package-script"; readonly name: string }
  | { readonly kind: "dotnet" }
  /** a server that brings files of its own, from packages or from its base image */
  | { readonly kind: "server"; readonly name: string }
  | { readonly kind: "unknown" };

/** The image's own program. */
export interface Program {
  readonly kind: "static" | "glibc" | "musl";
  readonly path: string;
  /** loader and libraries, in the order in which they are loaded */
  readonly loads: readonly StartLink[];
  /** the words that start it, its absolute path first */
  readonly words: readonly string[];
  /** whether ENTRYPOINT and CMD already are these words */
  readonly isDirect: boolean;
}

/** A program for an interpreter. */
export interface Interpreted {
  readonly kind: "python" | "java" | "node";
  /** such as 3.12 or 21; null if it is unknown */
  readonly version: string | null;
  /** where the interpreter is; null if only its name is known */
  readonly path: string | null;
  /** the words after the interpreter */
  readonly args: readonly string[];
}

const unknown: Runs = { kind: "unknown" };

/** Decides what an image runs. Where the proof leaves anything open that matters, it is unknown. */
export function runs(head: Inspection): Runs {
  const { chain, verdict } = head.start;
  if (verdict === "no" || chain.length >= maxLinks) return unknown;
  const executed = chain.filter(({ kind }) => kind !== "loader" && kind !== "library");
  const last = executed.at(-1);
  if (last === undefined || executed.some(({ isFound }) => !isFound)) return unknown;
  const ofBaseImage = afterBaseEntrypoint(head, executed[0]);
  if (ofBaseImage !== null) return ofBaseImage;
  const shellNeed = needsShell(head, executed, last);
  if (shellNeed !== null) return shellNeed;
  const command = plainCommand(head);
  const script = executed.find(({ kind }) => kind === "script") ?? null;
  const entry = script ?? last;
  const at = command?.words.indexOf(entry.needs) ?? -1;
  if (command === null || at === -1 || !command.words.slice(0, at).every(isPlainWrapper)) return unknown;
  const after = command.words.slice(at + 1);
  const name = baseName(script === null ? last.needs : script.needs);
  if (packageRunners.test(name)) return { kind: "package-script", name };
  const interpreter = interpreterOf(last);
  if (interpreter !== null) {
    if (interpreter === "other") return unknown;
    if (interpreter === "dotnet") return { kind: "dotnet" };
    const args = script === null ? after : scriptArgs(script, interpreter, after);
    const version = versionOf(interpreter, last.path, head);
    return args === null ? unknown : { kind: interpreter, version, path: last.path, args };
  }
  if (servers.test(baseName(last.path))) return { kind: "server", name: baseName(last.path) };
  if (script !== null || verdict !== "yes" || !isOwn(last.path, head)) return unknown;
  const words = [last.path, ...after];
  const isDirect = command.shellForm === null && command.words.every((word, index) => word === words[index]);
  if (!isDirect && !isLiteral(last.path)) return unknown;
  return programOf(chain.slice(chain.indexOf(last) + 1), { path: last.path, words, isDirect });
}

/** An inspection lists no more of a chain. Libraries of a longer one are unknown. */
const maxLinks = 200;

function programOf(
  loads: readonly StartLink[],
  { path, words, isDirect }: Pick<Program, "path" | "words" | "isDirect">,
): Runs {
  const [loader] = loads;
  const all = { path, words, isDirect, loads };
  if (loader === undefined) return { kind: "static", ...all };
  if (loader.kind !== "loader") return unknown;
  if (/^\/lib\/ld-musl-[\w-]+\.so\.1$/.test(loader.needs)) return { kind: "musl", ...all };
  return /\/ld(?:64|-linux[\w-]*)\.so\.\d$/.test(loader.needs) ? { kind: "glibc", ...all } : unknown;
}

/**
 * Decides what the command after a base image's own entrypoint script runs. Another base image has no such
 * script and needs none.
 */
function afterBaseEntrypoint(head: Inspection, first: StartLink | undefined): Runs | null {
  const name = baseReference(head)?.name ?? "";
  const known = baseEntrypoints.find(({ script, image }) => first?.path === script && image.test(name));
  if (known === undefined || head.entrypoint?.length !== 1) return null;
  const script = baseName(known.script);
  if (ownLayers(head).some((layer) => instructionOf(layer).text.includes(script))) return null;
  const [word = "", ...args] = head.command ?? [];
  const called = baseName(word);
  if (known.kind === "server") return { kind: "server", name: called };
  if (packageRunners.test(called)) return { kind: "package-script", name: called };
  if (called !== known.kind || args.length === 0) return unknown;
  return { kind: known.kind, version: versionOf(known.kind, "", head), path: null, args };
}

/** Scripts that run the command that they are given. */
const baseEntrypoints = [
  { script: "/usr/local/bin/docker-entrypoint.sh", image: /^docker\.io\/library\/node$/, kind: "node" },
  { script: "/__cacert_entrypoint.sh", image: /^docker\.io\/library\/eclipse-temurin$/, kind: "java" },
  { script: "/docker-entrypoint.sh", image: /^docker\.io\/library\/nginx$/, kind: "server" },
  { script: "/usr/local/bin/docker-entrypoint.sh", image: /^docker\.io\/library\/redis$/, kind: "server" },
] as const;

function needsShell(head: Inspection, executed: readonly StartLink[], last: StartLink): Runs | null {
  const shells = executed.filter(({ path, needs }) => isShell(path) || isShell(needs));
  const lastShell = shells.at(-1);
  if (lastShell === undefined) return null;
  const script = executed.slice(0, executed.indexOf(lastShell)).findLast(({ kind }) => kind === "script");
  if (script !== undefined) return { kind: "shell", instruction: null, script: script.path };
  const form = shellFormOf(head);
  if (form === null) return unknown;
  if (plainCommand(head) !== null && lastShell !== last && shells.length === 1) return null;
  return { kind: "shell", instruction: form.instruction, script: null };
}

/** Reports whether a path is as in the image: an inspection hides values of build arguments. */
function isLiteral(path: string): boolean {
  return path.startsWith("/") && !/\$|\*\*\*/.test(path);
}

/** Reports whether a word starts the next one as it is: other wrappers change its account or its variables. */
function isPlainWrapper(word: string): boolean {
  return /^(?:(?:tini|docker-init)(?:-static)?(?:-[a-z0-9]+)?|dumb-init|catatonit|nohup|-.*)$/.test(
    baseName(word),
  );
}

function isShell(path: string): boolean {
  return /^(?:sh|ash|dash|bash|rbash|ksh\d*|mksh|zsh|fish|busybox|toybox)$/.test(baseName(path));
}

/** Returns the interpreter that a program is; null if it is none. */
function interpreterOf({ path, needs }: StartLink): Interpreted["kind"] | "dotnet" | "other" | null {
  const names = [baseName(path), baseName(needs)];
  return interpreters.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1] ?? null;
}

const interpreters: readonly (readonly [
  name: RegExp,
  interpreter: Interpreted["kind"] | "dotnet" | "other",
])[] = [
  [/^python[\d.]*$/, "python"],
  [/^java$/, "java"],
  [/^node(?:js)?$/, "node"],
  [/^dotnet$/, "dotnet"],
  [/^(?:ruby|perl|php(?:-fpm|-cgi)?|lua|luajit|tclsh|erl|beam\.smp|Rscript|pypy)[\d.]*$/, "other"],
  [/^(?:bun|bunx|deno|jshell|jbang|elixir|iex|guile|racket|julia|octave|R)$/, "other"],
];

/** These run scripts of package.json with `sh -c`. */
const packageRunners = /^(?:npm|npx|yarn|pnpm)$/;

const servers =
  /^(?:nginx|httpd|apache2|lighttpd|redis-server|valkey-server|memcached|haproxy|varnishd|postgres|mysqld|mariadbd|mongod|rabbitmq-server|squid|postfix|exim4?|sshd|slapd|named|unbound|dnsmasq)$/;

/**
 * Returns the words after the interpreter for a script; null if they are unknown. Scripts that pip writes for
 * a package start its module.
 */
function scriptArgs(
  { path, needs }: StartLink,
  interpreter: Interpreted["kind"],
  after: readonly string[],
): readonly string[] | null {
  // What a package manager put below /usr has files elsewhere.
  if (/\.(?:py|js|mjs|cjs)$/.test(path))
    return path.startsWith("/usr/") || !isLiteral(path) ? null : [path, ...after];
  const module = interpreter === "python" ? modules.get(baseName(needs)) : undefined;
  return module === undefined ? null : ["-m", module, ...after];
}

/** Modules that start with `python -m`, by the name of their script. */
const modules: ReadonlyMap<string, string> = new Map([
  ...["gunicorn", "uvicorn", "hypercorn", "daphne", "flask", "celery", "streamlit"].map(
    (name) => [name, name] as const,
  ),
  ["waitress-serve", "waitress"],
]);

function versionOf(interpreter: Interpreted["kind"], path: string, head: Inspection): string | null {
  const { name = "", tag = "" } = baseReference(head) ?? {};
  const ofTag = /^\d+/.exec(tag)?.[0] ?? null;
  switch (interpreter) {
    case "python":
      return /\/python(\d+\.\d+)$/.exec(path)?.[1] ?? null;
    case "java": {
      const ofPath = /\/(?:java|jdk|jre|temurin)-?(\d+)[^/]*\//.exec(path)?.[1];
      return ofPath ?? (/\/(?:eclipse-temurin|openjdk|amazoncorretto)$/.test(name) ? ofTag : null);
    }
    case "node":
      return name === "docker.io/library/node" && /^(?:\/usr\/local\/bin\/node)?$/.test(path) ? ofTag : null;
  }
}

/**
 * Reports whether a program is the image's own. One in a distribution's directories may come from a package,
 * with files of its own, unless an instruction names it.
 */
function isOwn(path: string, head: Inspection): boolean {
  const own = ownLayers(head).filter(({ size }) => size > 0);
  if (/^\/(?:usr\/)?(?:s?bin|lib(?:exec|32|64)?|share)\//.test(path))
    return own.some((layer) => {
      const { keyword, text } = instructionOf(layer);
      return (keyword === "COPY" || keyword === "ADD") && text.includes(baseName(path));
    });
  return own.length > 0;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
