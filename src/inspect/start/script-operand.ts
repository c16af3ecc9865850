import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import { baseOf } from "../../image/path.ts";
import { shownPath, textOf } from "../bytes.ts";
import { type Call, variableOf } from "./call.ts";
import { findProgram } from "./find-program.ts";
import { locate } from "./locate.ts";
import { operandsOf } from "./options.ts";
import { executableOf } from "./script.ts";
import type { StartProblem } from "./start.ts";

/**
 * Finds an interpreter that gets a program as its script. That is its own name, if the base image's
 * ENTRYPOINT is already the interpreter (`python3 python3 app.py`), or the shell of a CMD in shell form
 * (`node /bin/sh -c "node app.js"`). It is a problem only if the name leads to no file or to an ELF file.
 */
export function scriptOperandProblem(call: Call, filesystem: Filesystem): StartProblem | null {
  const interpreter = interpreterOf(call);
  if (interpreter === null) return null;
  const operand = interpreter.operandOf(call);
  if (operand === null || operand === "") return null;
  const isAgain = interpreter.name.test(baseOf(operand));
  const isShell = operand === "/bin/sh" || operand === "/bin/bash";
  if (!isAgain && !isShell && interpreter.suffixes !== "shell") return null;
  const found = whatItFinds(operand, interpreter, call, filesystem);
  if (found === null) return null;
  return {
    class: isAgain ? "doubled-entrypoint" : isShell ? "shell-form" : "runtime",
    path: shownPath(call.program.path),
    needs: textOf(operand),
    found,
  };
}

interface Interpreter {
  /** the name of its program, without directory */
  readonly name: RegExp;
  /** returns the file that it executes, as the command names it; null if there is none or it is unknown */
  readonly operandOf: (call: Call) => string | null;
  /** suffixes that it tries after the plain name; "shell": it then looks in PATH */
  readonly suffixes: readonly string[] | "shell";
}

/** Reports whether the program is an interpreter that reads the script that it is given. */
export function isInterpreter(call: Call): boolean {
  return interpreterOf(call) !== null;
}

function interpreterOf({ argv, program }: Call): Interpreter | null {
  const names = [baseOf(argv[0] ?? ""), baseOf(program.path)];
  return interpreters.find(({ name }) => names.some((one) => name.test(one))) ?? null;
}

const interpreters: readonly Interpreter[] = [
  { name: /^python[0-9.]*$/, operandOf: pythonScript, suffixes: [] },
  { name: /^node(?:js)?$/, operandOf: firstArgument, suffixes: [".js", ".json", ".node", ".mjs", ".cjs"] },
  { name: /^java$/, operandOf: javaFile, suffixes: [".class"] },
  { name: /^(?:ruby|perl|php|lua)[0-9.]*$/, operandOf: firstArgument, suffixes: [] },
  { name: /^(?:sh|ash|dash|bash|ksh|mksh|zsh)$/, operandOf: shellScript, suffixes: "shell" },
];

/** Returns why the operand is not a script, as in StartProblem; null if it may be one. */
function whatItFinds(
  operand: string,
  { suffixes }: Interpreter,
  call: Call,
  filesystem: Filesystem,
): string | null {
  const place = locate(filesystem, operand, call.directory);
  if (place.kind === "found") {
    const isElf = place.node.attributes.type === "file" && executableOf(place.node).kind === "elf";
    return isElf ? "that is a program, not a script" : null;
  }
  if (place.kind !== "missing") return null;
  const missing = "that script does not exist";
  if (suffixes !== "shell") {
    const others = suffixes.map((suffix) => locate(filesystem, operand + suffix, call.directory));
    return others.every(({ kind }) => kind === "missing") ? missing : null;
  }
  if (operand.includes("/")) return missing;
  const inPath = findProgram(operand, { ...call, filesystem, by: "c" });
  if (inPath.kind === "missing") return missing;
  const isElf = inPath.kind === "found" && executableOf(inPath.place.node).kind === "elf";
  return isElf ? "that is a program, not a script" : null;
}

function firstArgument({ argv: [, first] }: Call): string | null {
  return first === undefined || first.startsWith("-") ? null : first;
}

/** https://docs.python.org/3/using/cmdline.html */
function pythonScript({ argv }: Call): string | null {
  const taken = operandsOf(argv.slice(1), { flags: "bBdEiIOPqRsSuvx", valued: "cmWX" });
  if (taken === null || taken.options.some(([name]) => name === "c" || name === "m")) return null;
  const [script = null] = taken.operands;
  return script === "-" ? null : script;
}

/** Returns the name of the class, or the file of `-jar`. */
function javaFile(call: Call): string | null {
  const changes = ["CLASSPATH", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"];
  if (changes.some((name) => variableOf(call, name) !== undefined)) return null;
  const args = call.argv.slice(1);
  const [first, second] = args.slice(args.findIndex((word) => !/^-[DX]./.test(word)));
  if (first === "-jar") return second ?? null;
  return first === undefined || /^[-@]/.test(first) ? null : first;
}

function shellScript({ argv }: Call): string | null {
  const taken = operandsOf(argv.slice(1), { flags: "aefhumx", valued: "o" });
  const [script = null] = taken?.operands ?? [];
  return script !== null && /^[-+]/.test(script) ? null : script;
}
