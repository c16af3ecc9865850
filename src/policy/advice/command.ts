import type { Inspection } from "../../inspect/inspection.ts";

/** ENTRYPOINT and CMD as words to start without a shell. */
export interface PlainCommand {
  /** empty if the image has none */
  readonly words: readonly string[];
  /** the instruction in shell form; null for the exec form */
  readonly shellForm: "ENTRYPOINT" | "CMD" | null;
}

/** Returns the command without the shell that only passes it on; null if it needs that shell. */
export function plainCommand(image: Inspection): PlainCommand | null {
  const form = shellFormOf(image);
  if (form === null)
    return { words: [...(image.entrypoint ?? []), ...(image.command ?? [])], shellForm: null };
  const words = plainWords(form.text);
  return words === null ? null : { words, shellForm: form.instruction };
}

/** Returns the instruction that starts a shell with a text, such as `/bin/sh -c TEXT`; null if none does. */
export function shellFormOf({
  entrypoint,
  command,
}: Inspection): { readonly instruction: "ENTRYPOINT" | "CMD"; readonly text: string } | null {
  const isEntrypoint = entrypoint !== null && entrypoint.length > 0;
  const [shell = "", ...words] = (isEntrypoint ? entrypoint : command) ?? [];
  const flag = words.indexOf("-c");
  const text = words[flag + 1];
  const isPlain = words.slice(0, flag).every((word) => /^(?:-[eux]+|-o|pipefail)$/.test(word));
  if (text === undefined || flag === -1 || !isPlain || !/(?:^|\/)(?:ba|da|a|z|k)?sh$/.test(shell))
    return null;
  return { instruction: isEntrypoint ? "ENTRYPOINT" : "CMD", text };
}

/** Returns the words of a command that a shell would take as they are; null if it would change any. */
function plainWords(text: string): readonly string[] | null {
  if (text.length > maxLength || !/^[\w@%+:,./ =-]+$/.test(text)) return null;
  const [first = "", ...rest] = text.trim().split(/ +/);
  const words = first === "exec" ? rest : [first, ...rest];
  const [program = "-"] = words;
  return program.startsWith("-") || program.includes("=") || builtins.has(program) ? null : words;
}

/** In characters. */
const maxLength = 1000;

const builtins: ReadonlySet<string> = new Set([
  ...[".", ":", "alias", "cd", "command", "echo", "eval", "exec", "exit", "export", "printf", "read", "set"],
  ...[
    "source",
    "test",
    "time",
    "trap",
    "true",
    "false",
    "ulimit",
    "umask",
    "unset",
    "wait",
    "if",
    "for",
    "while",
  ],
]);
