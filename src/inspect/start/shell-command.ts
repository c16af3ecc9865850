import { baseOf } from "../../image/path.ts";
import { isBusyboxApplet } from "./busybox-applets.ts";
import { type Call, variableOf } from "./call.ts";
import { isShellWord } from "./shell-builtins.ts";
import { plainCommand } from "./shell-words.ts";
import { hasApplets, type Wrapped } from "./wrapped.ts";

/** Reads the arguments of a shell. Only one plain command of `-c` is followed. */
export function shellWrapped(call: Call): Wrapped {
  const [name = "", ...args] = call.argv;
  const text = textOfShell(args);
  if (text === "none") return call.isArgvKnown ? { kind: "end" } : unknown(name);
  // Bash reads a file and functions from its environment first.
  const isPlain =
    variableOf(call, "BASH_ENV") === undefined && !call.env.some((item) => item.startsWith("BASH_FUNC_"));
  const command = text === null || !isPlain ? null : plainCommand(text);
  if (command === null) return unknown(name);
  const words = command.words[0] === "exec" ? command.words.slice(1) : command.words;
  const [program = ""] = words;
  if (program === "" || program.startsWith("-") || isShellWord(program)) return unknown(name);
  return {
    kind: "command",
    argv: words,
    isArgvKnown: command.areWordsKnown,
    env: [...call.env, ...command.assignments],
    ...(hasApplets(call.program) ? { isBuiltIn: isBusyboxApplet } : {}),
  };
}

/** Returns the text of `-c`; null if options are unknown, and "none" without `-c`. */
function textOfShell(args: readonly string[]): string | null | "none" {
  let hasText = false;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    if (word === "--" || !/^[-+]./.test(word))
      return hasText ? (args[word === "--" ? at + 1 : at] ?? null) : "none";
    // Other options, such as `-l` and `-i`, make the shell read the user's files first.
    if (!/^(?:-[aefhumxBcEHT]*o?|\+[aefhumxo]+)$/.test(word)) return null;
    if (word.startsWith("-") && word.includes("c")) hasText = true;
    if (word.endsWith("o")) at++;
  }
  return hasText ? null : "none";
}

function unknown(name: string): Wrapped {
  return {
    kind: "unknown",
    why: `${baseOf(name)} runs more than one plain command, so what it starts is not known.`,
  };
}
