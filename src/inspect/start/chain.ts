import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import { bytesOf, shownPath, textOf } from "../bytes.ts";
import { type Account, accessUnknown, isListed, mayReach } from "./account.ts";
import type { Call } from "./call.ts";
import { capabilityFacts } from "./capabilities.ts";
import { type Command, commandOf, type StartConfig, type StartOverrides } from "./command.ts";
import { closedToUser, type Execution, execute, type MissingProgram, type Opened } from "./execute.ts";
import { maxWordLength, modeText, type Scope, whoOf } from "./find-program.ts";
import { lastProgram } from "./last-program.ts";
import type { StartLink, StartProblem } from "./start.ts";
import { type StartedProgram, startedProgram } from "./started-program.ts";
import { resolveUser } from "./user.ts";
import { workingDirectoryProblem } from "./working-directory.ts";
import type { WrappedCommand } from "./wrapped.ts";
import { wrappedBy } from "./wrappers.ts";

/** The files from the command to the last ELF program that it executes, without loaders and libraries. */
export interface StartChain {
  /** ENTRYPOINT and CMD joined, as in the config; empty if there is nothing to start */
  readonly command: readonly string[];
  readonly links: readonly StartLink[];
  /** every ELF program that is executed: wrappers, interpreters and the last program */
  readonly programs: readonly StartedProgram[];
  readonly problems: readonly StartProblem[];
  /** what could not be decided, as sentences: if there is one, the start is not proven */
  readonly unknown: readonly string[];
  readonly hints: readonly string[];
}

/** Follows what an engine executes of an image, as far as its bytes show it. */
export function startChainOf(
  config: StartConfig,
  filesystem: Filesystem,
  overrides: StartOverrides = {},
): StartChain {
  const command = commandOf(config, overrides);
  const chain = new Chain(filesystem, command);
  chain.follow();
  const { links, programs, problems, unknown, hints } = chain;
  return { command: command.argv, links, programs, problems, unknown: [...unknown], hints };
}

/** Maximum words of the command, and maximum variables. */
const maxWords = 5000;

/** Maximum depth of nested wrappers: more than anyone writes. */
const maxExecutions = 32;

class Chain {
  readonly links: StartLink[] = [];
  readonly programs: StartedProgram[] = [];
  readonly problems: StartProblem[] = [];
  readonly unknown = new Set<string>();
  readonly hints: string[] = [];
  readonly #filesystem: Filesystem;
  readonly #command: Command;
  /** scripts that their interpreters cannot read */
  #unreadable: Opened[] = [];

  constructor(filesystem: Filesystem, command: Command) {
    this.#filesystem = filesystem;
    this.#command = command;
  }

  follow(): void {
    const { argv, user, directory, env, shellWords } = this.#command;
    if (argv.length === 0) {
      this.unknown.add("The image has neither ENTRYPOINT nor CMD, so there is nothing to start.");
      return;
    }
    if (Math.max(argv.length, env.length) > maxWords || argv.some((word) => word.length >= maxWordLength)) {
      this.unknown.add("The command is too long to follow.");
      return;
    }
    if (!directory.startsWith("/"))
      this.unknown.add(`WORKDIR is ${directory}, which is not an absolute path.`);
    const noDirectory = workingDirectoryProblem(directory, this.#filesystem);
    if (noDirectory !== null) this.problems.push(noDirectory);
    const account = this.#become(bytesOf(user));
    let scope: Scope = {
      filesystem: this.#filesystem,
      directory: bytesOf(directory),
      env: env.map(bytesOf),
      account,
      by: "runtime",
    };
    let next: WrappedCommand | null = { argv: argv.map(bytesOf) };
    let missing: MissingProgram = { class: shellWords > 0 ? "shell-form" : "entrypoint" };
    for (let count = 0; next !== null; count++) {
      if (count === maxExecutions) {
        this.unknown.add("The command goes through too many programs that execute one another.");
        return;
      }
      const neededBy: string | null = this.programs.at(-1)?.link.path ?? null;
      const execution = execute(next.argv, scope, missing);
      const call = this.#take(execution, scope, neededBy, next.isArgvKnown ?? true);
      if (call === null) return;
      next = this.#wrapped(call);
      if (next === null) return;
      // A script whose first line names env(1) needs the program that env looks for as its interpreter.
      const [script, ...interpreters] = execution.opened;
      missing =
        script === undefined || interpreters.length === 0
          ? { class: "entrypoint" }
          : { class: "interpreter-missing", path: shownPath(script.place.node.path) };
      const becomes =
        next.user === undefined ? call.account : next.user === null ? null : this.#become(next.user);
      scope = { ...scope, env: next.env ?? scope.env, account: becomes, by: next.by ?? "c" };
    }
  }

  /** Records what was opened. @returns null if the chain ends here */
  #take(execution: Execution, scope: Scope, neededBy: string | null, isArgvKnown: boolean): Call | null {
    const { opened, missing, problem, unknown, argv } = execution;
    let by = neededBy;
    const isLast = (at: number) => argv !== null && at === opened.length - 1;
    for (const [at, { needs, place }] of opened.entries()) {
      const isInterpreterHere = at > 0;
      const kind = isInterpreterHere ? "interpreter" : isLast(at) ? "program" : "script";
      by = this.#link(kind, shownPath(place.node.path), by, needs, true);
      if (!isLast(at) && argv !== null && mayReach(scope.account, place, 4) === false)
        this.#unreadable.push({ needs, place });
      // The runtime's capabilities open the program, but not a script to its interpreter.
      if (!(isLast(at) && scope.by === "runtime") && isListed(scope.account, place))
        this.unknown.add(accessUnknown(shownPath(place.node.path)));
    }
    if (missing !== null)
      this.#link(opened.length > 0 ? "interpreter" : "program", missing.path, by, missing.needs, false);
    for (const { place } of closedToUser(execution, scope))
      this.hints.push(closedHint(place.node.path, place.node.attributes.mode, scope.account));
    if (problem !== null) this.problems.push(problem);
    if (unknown !== null) this.unknown.add(unknown);
    const program = startedProgram(execution, scope, { link: this.links.at(-1), isArgvKnown });
    if (program !== null) this.#add(program);
    return program;
  }

  #add(program: StartedProgram): void {
    this.programs.push(program);
    const { path, attributes } = program.program;
    const { unknown, hint } = capabilityFacts(shownPath(path), attributes.capabilities);
    if (unknown !== null) this.unknown.add(unknown);
    if (hint !== null) this.hints.push(hint);
  }

  /** Returns what the program executes; null if that is nothing or unknown. */
  #wrapped(call: Call): WrappedCommand | null {
    const wrapped = wrappedBy(call);
    if (wrapped.kind === "unknown") this.unknown.add(wrapped.why);
    if (wrapped.kind === "command") {
      if (wrapped.isBuiltIn?.(wrapped.argv[0] ?? "") === true) return null;
      return { ...wrapped, isArgvKnown: call.isArgvKnown && wrapped.isArgvKnown !== false };
    }
    if (wrapped.kind === "end") this.#end(call);
    return null;
  }

  #end(call: Call): void {
    const seen = { unreadable: this.#unreadable, links: this.links };
    const { problems, unknown, hints } = lastProgram(call, seen, this.#filesystem);
    this.problems.push(...problems);
    for (const sentence of unknown) this.unknown.add(sentence);
    this.hints.push(...hints);
  }

  /** Resolves a user. @returns null if the account is unknown */
  #become(user: string): Account | null {
    const { account, problem, unproven } = resolveUser(user, this.#filesystem);
    if (problem !== null) this.problems.push(problem);
    if (unproven !== null) this.unknown.add(unproven);
    return account;
  }

  #link(
    kind: StartLink["kind"],
    path: string,
    neededBy: string | null,
    needs: string,
    isFound: boolean,
  ): string {
    this.links.push({ kind, path, neededBy, needs: textOf(needs), isFound });
    return path;
  }
}

function closedHint(path: string, mode: number, account: Account | null): string {
  return `${shownPath(path)} has mode ${modeText(mode)}: ${whoOf(account)} can execute it only with the runtime's capabilities, which clusters often drop.`;
}
