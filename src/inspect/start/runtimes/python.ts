import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import { shownPath } from "../../bytes.ts";
import { type Call, variableOf } from "../call.ts";
import { failing, nothingProven, type RuntimeProof, unproven } from "./proof.ts";
import { interpreterOf } from "./python-interpreter.ts";
import { libraryOf } from "./python-library.ts";
import { proveModule } from "./python-module.ts";
import { proveScript } from "./python-script.ts";

/**
 * Proves what CPython needs before it executes a first line of the image's own: its standard library, and the
 * script or module that the command names (https://docs.python.org/3/using/cmdline.html).
 */
export function provePython(call: Call, filesystem: Filesystem): RuntimeProof {
  const command = commandOf(call.argv.slice(1));
  if (command === "nothing") return nothingProven;
  const python = interpreterOf(call, filesystem);
  if (command === null || variableOf(call, "PYTHONINSPECT"))
    return unproven(
      "The command has options of Python that Image Audit does not know, so what it executes is not known.",
    );
  const library = python === null ? "unclear" : libraryOf(python, command.isIsolated, filesystem);
  if (python !== null && library === "missing") {
    const found = `this image has no standard library for Python ${python.version}`;
    return failing(shownPath(call.program.path), "the module encodings", found);
  }
  const directories = library === "unclear" || library === "missing" ? null : library;
  const scope = { call, python, library: directories, filesystem };
  if (command.kind === "module") return proveModule(command.name, scope);
  if (command.kind === "text") return nothingProven;
  return proveScript(command.path, scope);
}

type Command = { readonly isIsolated: boolean } & (
  | { readonly kind: "script"; readonly path: string }
  | { readonly kind: "module"; readonly name: string }
  /** of `-c` or standard input */
  | { readonly kind: "text" }
);

/** Letters without a value that leave the search for modules and scripts alone. */
const flags = "bBdOqRsSuvxP";

/**
 * Reads the options as Python/getopt.c does: `-c` and `-m` are the last.
 * @returns "nothing": it only tells about itself; null: that is not known
 */
function commandOf(args: readonly string[]): Command | "nothing" | null {
  let isIsolated = false;
  for (let at = 0; ; at++) {
    const word = args[at];
    if (word === undefined || word === "-") return { kind: "text", isIsolated };
    if (/^--(?:version|help|help-all|help-env|help-xoptions)$/.test(word)) return "nothing";
    if (word === "--" || !word.startsWith("-")) {
      const path = word === "--" ? args[at + 1] : word;
      if (path === "") return null;
      return path === undefined || path === "-"
        ? { kind: "text", isIsolated }
        : { kind: "script", path, isIsolated };
    }
    for (let letter = 1; letter < word.length; letter++) {
      const option = word.charAt(letter);
      const rest = word.slice(letter + 1);
      if (/[hV?]/.test(option)) return "nothing";
      if (option === "c") return { kind: "text", isIsolated };
      if (option === "m") {
        const name = rest === "" ? args[at + 1] : rest;
        return name === undefined ? null : { kind: "module", name, isIsolated };
      }
      if (option === "E" || option === "I") isIsolated = true;
      else if (option === "W" || option === "X") {
        if (rest === "") at++;
        break;
      } else if (!flags.includes(option)) return null;
    }
  }
}
