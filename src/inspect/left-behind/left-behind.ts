import type { Dockerfile } from "../../dockerfile/parse/dockerfile.ts";
import type { Stages } from "../../dockerfile/stages/stages.ts";
import { baseOf } from "../../image/path.ts";
import type { LeftBehind, Start, StartProblem } from "../start/start.ts";
import { commandsOfStages, type StageCommands } from "./commands.ts";
import { madeBy } from "./installers.ts";
import { matchOf } from "./matching.ts";
import { mayTake, type Takings, takingsOf } from "./takings.ts";

/**
 * Adds to each problem what an earlier stage makes of that which is missing, if no `COPY --from` can take it. A
 * stage tells nothing where one of its commands may move files, or where a mount or a variable may take them.
 */
export function withLeftBehind(start: Start, dockerfile: Dockerfile, stages: Stages): Start {
  if (start.problems.length === 0 || !isOrdinary(dockerfile)) return start;
  const commands = commandsOfStages(dockerfile, stages);
  if (commands.flat().length > maxCommands) return start;
  const takings = takingsOf(dockerfile, stages);
  const problems = start.problems.map((problem): StartProblem => {
    const leftBehind = takings.map((taken) => leftIn(taken, commands, problem)).find((left) => left !== null);
    return leftBehind === undefined || leftBehind === null ? problem : { ...problem, leftBehind };
  });
  return { ...start, problems };
}

/** Reports whether a Dockerfile is of a size that people write: the work grows with the square of it. */
function isOrdinary({ stages }: Dockerfile): boolean {
  const instructions = stages.flatMap((stage) => stage.instructions);
  const texts = instructions.flatMap(({ text, heredocs }) => [
    text,
    ...heredocs.map(({ content }) => content),
  ]);
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  return stages.length <= maxStages && instructions.length <= maxInstructions && length <= maxLength;
}

const maxStages = 100;
const maxInstructions = 1000;
/** In characters. */
const maxLength = 128 * 1024;
const maxCommands = 2000;

function leftIn(
  { stage, heirs, sources }: Takings,
  commands: readonly StageCommands[],
  problem: StartProblem,
): LeftBehind | null {
  const own = commands[stage] ?? [];
  const ofHeirs = [...heirs].filter((heir) => heir !== stage).flatMap((heir) => commands[heir] ?? []);
  if (ofHeirs.some(mayMove)) return null;
  // What a list of packages names is not known: a package that an instruction names comes first.
  let likely: LeftBehind | null = null;
  for (let at = own.length - 1; at >= 0; at--) {
    const command = own[at];
    if (command === undefined || command === "unread" || mayMove(command)) return likely;
    for (const made of madeBy(command)) {
      const match = matchOf(problem, made);
      if (match === null || mayTake(sources, match.places, match.file)) continue;
      const { kind, what, into } = match;
      const left = { line: command.line, kind, what, into };
      if (kind !== "list") return left;
      likely ??= left;
    }
  }
  return likely;
}

/** Reports whether a command may bring files from one place to another or remove them, or was not read. */
function mayMove(command: StageCommands[number]): boolean {
  if (command === "unread") return true;
  const name = baseOf(command.words[0] ?? "");
  const isRemoval = command.words.slice(1, 3).some((word) => removals.test(word));
  return movers.test(name) || isRemoval || /\.(?:sh|bash|py|pl)$/.test(name);
}

/** Of package managers, after options such as -y. */
const removals = /^(?:del|remove|purge|autoremove|uninstall)$/;

const movers =
  /^(?:cp|mv|rsync|tar|install|ln|find|xargs|cpio|zip|unzip|dd|cat|make|just|task|sh|bash|dash|ash|exec|eval|sudo|su|env|nice|time|ldd|upx|strip|docker|bazel|nix|pyinstaller|pex|shiv)$/;
