import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import { shownPath } from "../../bytes.ts";
import type { StartChain } from "../chain.ts";
import type { StartedProgram } from "../started-program.ts";
import { isDotnet, proveDotnet, proveDotnetApp } from "./dotnet.ts";
import { isJava, proveJava } from "./java.ts";
import { isNode, proveNode } from "./node.ts";
import { joined, type RuntimeProof } from "./proof.ts";
import { provePython } from "./python.ts";
import { isPython } from "./python-interpreter.ts";

/**
 * Proves what the language runtimes of a chain need besides libraries: the file that they are given, and
 * their own files. A program that has a problem already is left out, as that one is of its arguments.
 */
export function proveRuntimes({ programs, problems }: StartChain, filesystem: Filesystem): RuntimeProof {
  const isKnown = ({ program }: StartedProgram) =>
    problems.some(({ path }) => path === shownPath(program.path));
  return joined(
    programs.filter((program) => !isKnown(program)).map((program) => proveRuntime(program, filesystem)),
  );
}

function proveRuntime(call: StartedProgram, filesystem: Filesystem): RuntimeProof {
  if (isPython(call)) return provePython(call, filesystem);
  if (isNode(call)) return proveNode(call, filesystem);
  if (isJava(call)) return proveJava(call, filesystem);
  if (isDotnet(call)) return proveDotnet(call, filesystem);
  return proveDotnetApp(call, filesystem);
}
