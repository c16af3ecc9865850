import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import { baseOf, cleanPath } from "../../../image/path.ts";
import { shownPath, textOf } from "../../bytes.ts";
import { type Call, variableOf } from "../call.ts";
import { namesIn, opened } from "./opened.ts";
import { failing, nothingProven, type RuntimeProof, unproven } from "./proof.ts";

export function isNode({ program }: Call): boolean {
  return /^node(?:js)?$/.test(baseOf(program.path));
}

/**
 * Looks for the file that Node.js executes. Node resolves it against the working directory and tries it as a
 * file, with each extension, and as a directory with package.json or an index file; else it ends with "Cannot
 * find module" (lib/internal/modules/run_main.js resolveMainPath, lib/internal/modules/cjs/loader.js
 * Module._findPath). What the file loads is in its text, which is not kept.
 */
export function proveNode(call: Call, filesystem: Filesystem): RuntimeProof {
  const command = commandOf(call.argv.slice(1));
  if (command === "none") return nothingProven;
  if (command === null)
    return unproven(
      "The command has options of Node.js that Image Audit does not know, so its file is not known.",
    );
  const { main } = command;
  const place = opened(main, call, filesystem);
  if (place.kind === "file")
    return unproven(`Whether the modules that ${shownPath(place.node.path)} loads exist is not known.`);
  if (place.kind === "unclear") return unproven(`What ${textOf(main)} is to Node.js is not known.`);
  if (place.kind === "unreadable") return failing(shownPath(call.program.path), textOf(main), place.found);
  if (hasOther(main, call, filesystem))
    return unproven(`Which file Node.js executes for ${textOf(main)} is not known.`);
  if (
    place.kind === "directory" &&
    namesIn(place.node).some((name) => /^(?:package\.json$|index\.)/.test(name))
  )
    return unproven(`Which file of ${shownPath(place.node.path)} Node.js executes is not known.`);
  // Modules that are loaded before may replace the resolution: ts-node, Yarn's Plug'n'Play, loaders.
  if (command.isPreloading || changesResolution(call))
    return unproven(`Modules that Node.js loads first may resolve ${textOf(main)}, which does not exist.`);
  const found =
    place.kind === "missing"
      ? place.found
      : `${shownPath(place.node.path)} is a directory that has neither package.json nor index.js`;
  return failing(shownPath(call.program.path), textOf(main), found);
}

/** Module._extensions, with those that newer versions add, and those that only ES modules have. */
const extensions = [".js", ".json", ".node", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".wasm"];

/** Whether the name exists with an extension, or with `..` resolved as text, as path.resolve does. */
function hasOther(main: string, call: Call, filesystem: Filesystem): boolean {
  const absolute = main.startsWith("/") ? main : `${call.directory}/${main}`;
  const text = `/${cleanPath(absolute).path}`;
  const trimmed = main.replace(/\/+(?:\.\/*)*$/, "");
  const paths = [text, trimmed].flatMap((path) => extensions.map((extension) => path + extension));
  return [text, ...paths].some((path) => {
    const { kind } = opened(path, call, filesystem);
    return kind !== "missing" && !(path === text && kind === "directory");
  });
}

/** Options without a value that leave the resolution of the file alone (https://nodejs.org/api/cli.html). */
const harmless = new RegExp(
  `^--(?:${[
    "enable-source-maps|no-(?:warnings|deprecation|addons|experimental-[a-z-]+|network-family-autoselection)",
    "trace-(?:warnings|deprecation|uncaught|exit|sigint|sync-io|gc)|throw-deprecation|pending-deprecation",
    "inspect(?:-brk|-wait)?(?:=.*)?|expose[-_]gc|max[-_]old[-_]space[-_]size=[0-9]+|max[-_]semi[-_]space[-_]size=[0-9]+",
    "stack[-_]size=[0-9]+|stack-trace-limit=[0-9]+|optimize[-_]for[-_]size|jitless|unhandled-rejections=[a-z-]+",
    "dns-result-order=[a-z0-9]+|max-http-header-size=[0-9]+|openssl-(?:legacy-provider|shared-config)",
    "use-(?:openssl|bundled|system)-ca|abort-on-uncaught-exception|insecure-http-parser|tls-m[a-z]+-v1\\.[0-9]",
    "experimental-(?:fetch|json-modules|vm-modules|wasm-modules|worker|websocket|sqlite|detect-module)",
    "experimental-(?:require-module|strip-types|transform-types|global-webcrypto|import-meta-resolve|modules)",
    "disable-warning=.*|report-[a-z-]+(?:=.*)?|heapsnapshot-[a-z-]+=.*|preserve-symlinks(?:-main)?|frozen-intrinsics",
  ].join("|")})$`,
);
/** Options that load something before the file. */
const preloading = /^(?:-r|--(?:require|import|loader|experimental-loader|env-file|env-file-if-exists))$/;
/** Further options whose value may be the next word. */
const valued = /^(?:-C|--(?:conditions|title|icu-data-dir|openssl-config|diagnostic-dir|redirect-warnings))$/;

/** @returns "none": it executes no file by name; null: that is not known */
function commandOf(
  args: readonly string[],
): { readonly main: string; readonly isPreloading: boolean } | "none" | null {
  let isPreloading = false;
  for (let at = 0; ; at++) {
    const word = args[at];
    if (word === undefined || word === "-") return "none";
    if (word === "--" || !word.startsWith("-")) {
      const main = word === "--" ? args[at + 1] : word;
      // `node inspect FILE` is the debugger.
      if (main === "inspect" || main === "debug") return null;
      return main === undefined || main === "" ? "none" : { main, isPreloading };
    }
    if (/^(?:-[vhepic]|-pe|--(?:version|help|eval|print|interactive|check|v8-options))$/.test(word))
      return "none";
    if (harmless.test(word)) continue;
    const name = word.replace(/=.*$/s, "");
    if (!preloading.test(name) && !valued.test(name)) return null;
    if (preloading.test(name)) isPreloading = true;
    if (!word.includes("=") || /^-[^-]/.test(word)) at++;
  }
}

function changesResolution(call: Call): boolean {
  const words = (variableOf(call, "NODE_OPTIONS") ?? "").split(/\s+/).filter((word) => word !== "");
  return !words.every((word) => harmless.test(word));
}
