import { commandOf } from "../../compare/runtime.ts";
import type { Inspection } from "../../inspect/inspection.ts";

/** What a container starts, as far as its command shows. */
export interface StartedProgram {
  /** absolute path of the image's own program; null if there is none, or it needs another program to run */
  readonly path: string | null;
  /** the interpreter that runs it, such as java; null if none is known */
  readonly interpreter: string | null;
  /** what needs a shell to start: the instruction in shell form, or the program; null if nothing does */
  readonly shellUser: string | null;
}

export function startedProgram(image: Inspection): StartedProgram {
  const shellForm = shellFormOf(image);
  const words = shellForm === null ? commandOf(image) : shellForm.text.slice(0, 1000).trim().split(/\s+/);
  const program = withoutWrappers(words)[0] ?? "";
  const name = program.slice(program.lastIndexOf("/") + 1);
  const interpreter = interpreters.find(([pattern]) => pattern.test(name))?.[1] ?? null;
  return {
    path: interpreter === null && shellForm === null && isOwn(program) ? program : null,
    interpreter,
    shellUser: shellForm?.instruction ?? (startsByShell.test(name) ? name : null),
  };
}

/** Returns the instruction that engines run as `/bin/sh -c TEXT`; null for the exec form. */
function shellFormOf({
  entrypoint,
  command,
}: Inspection): { readonly instruction: string; readonly text: string } | null {
  const [instruction, words] = entrypoint?.length ? ["ENTRYPOINT", entrypoint] : ["CMD", command ?? []];
  const [shell = "", flag, text = ""] = words;
  return /(?:^|\/)(?:ba|da|a|z|k)?sh$/.test(shell) && flag === "-c" ? { instruction, text } : null;
}

/** Removes words that only start another program: `exec`, variables, `tini -g --`. */
function withoutWrappers(words: readonly string[]): readonly string[] {
  let rest = words;
  for (;;) {
    const [first = ""] = rest;
    if (!/^(?:exec|env|\w+=.*)$|(?:^|\/)(?:tini|tini-static|dumb-init|catatonit|env)$/.test(first))
      return rest;
    const next = rest.findIndex((word, index) => index > 0 && !word.startsWith("-"));
    if (next === -1) return [];
    rest = rest.slice(next);
  }
}

/**
 * Reports whether a program is the image's own and may run without others. Programs in a distribution's
 * directories need its libraries, and a script needs its shell.
 */
function isOwn(program: string): boolean {
  return /^\/(?!(?:usr\/)?s?bin\/)/.test(program) && !/sh$|entrypoint/.test(program);
}

const interpreters: readonly (readonly [name: RegExp, interpreter: string])[] = [
  [/^java$/, "java"],
  [/^(?:node|nodejs|npm|npx|yarn|pnpm|next|nest|pm2-runtime|ts-node|tsx)$/, "node"],
  [/^(?:python[\d.]*|gunicorn|uvicorn|hypercorn|daphne|waitress-serve|flask|celery|streamlit)$/, "python3"],
  [/^(?:ruby|bundle|rails|puma|rackup)$/, "ruby"],
  [/^php(?:-fpm)?[\d.]*$/, "php"],
  [/^dotnet$/, "dotnet"],
  [/^perl$/, "perl"],
  [/^bunx?$/, "bun"],
  [/^deno$/, "deno"],
];

/** These run scripts of package.json with `sh -c`. */
const startsByShell = /^(?:npm|npx|yarn|pnpm)$/;
