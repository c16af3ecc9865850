import type { Inspection } from "../../inspect/inspection.ts";
import type { StartProblem } from "../../inspect/start/start.ts";
import { type Sentence, say } from "../sentence.ts";

/** Returns one sentence that says why an image cannot start. */
export function problemSentence(problem: StartProblem): Sentence {
  const { path, needs, found } = problem;
  const words = { words: found };
  if (endsInReturn(problem))
    return say`The first line of ${path} ends in a carriage return (CRLF), which becomes part of the name ${needs.slice(0, -1)}.`;
  switch (problem.class) {
    case "interpreter-missing": {
      const library = libraryOf(needs);
      const name = library === null ? [] : say` (${[library]})`;
      return path === needs ? cannotBeStarted(problem) : say`${path} needs ${needs}${name}, but ${words}.`;
    }
    case "wrong-architecture":
      return needs.startsWith("/")
        ? say`${path} needs ${needs}, but ${words}.`
        : say`${path} is for ${needs}, but ${words}.`;
    case "entrypoint":
      return cannotBeStarted(problem);
    case "working-directory":
      return say`${"WORKDIR"} must be a directory, but ${needs} cannot be one: ${words}.`;
    case "script":
      return isAboutNeeds(problem)
        ? say`${path} needs ${needs}, but ${words}.`
        : say`${path} cannot be executed: ${words}.`;
    case "shell-form":
      return path === needs
        ? say`The command is in shell form, which needs ${needs}: ${words}.`
        : say`The command is in shell form, so ${path} gets ${needs} as its script: ${words}.`;
    case "doubled-entrypoint":
      return say`The command names the interpreter twice, so ${path} gets ${needs} as its script: ${words}.`;
    case "user":
      return found.startsWith("numbers range")
        ? say`${"USER"} cannot be ${needs}: ${words}.`
        : say`${"USER"} names ${needs}, which must be in ${path}: ${words}.`;
    case "version-missing":
    case "library-missing":
      return say`${path} needs ${needs}, but ${words}.`;
    case "runtime":
      return say`${path} needs ${named(needs)}, but ${words}.`;
  }
}

/** Returns the problem in a few words, for a headline. */
export function problemInShort(problem: StartProblem): Sentence {
  const { needs } = problem;
  const path =
    problem.path.length > maxPath ? problem.path.slice(problem.path.lastIndexOf("/") + 1) : problem.path;
  if (endsInReturn(problem)) return say`${path} has CRLF line endings`;
  switch (problem.class) {
    case "wrong-architecture":
      return needs.startsWith("/") ? say`${path} needs ${needs}` : say`${path} is for ${needs}`;
    case "entrypoint":
      return lacksExecuteBit(problem) ? say`${needs} is not executable` : say`no program ${needs}`;
    case "working-directory":
      return say`${"WORKDIR"} ${needs} is not a directory`;
    case "script":
      return isAboutNeeds(problem) ? say`${path} needs ${needs}` : say`${path} cannot be executed`;
    case "shell-form":
      return say`its shell form needs ${needs}`;
    case "doubled-entrypoint":
      return say`its command names ${needs} twice`;
    case "user":
      return problem.path === "/etc/group" ? say`no group ${needs}` : say`no account ${needs}`;
    case "runtime":
      return say`${path} needs ${named(needs)}`;
    case "interpreter-missing":
    case "version-missing":
    case "library-missing":
      return problem.path === needs ? say`no program ${needs}` : say`${path} needs ${needs}`;
  }
}

/** Returns what is missing or wrong, as one name: never a program that is as it should be. */
export function culpritOf({ class: kind, path, needs }: StartProblem): string {
  switch (kind) {
    case "runtime":
      return needs.startsWith(modulePrefix) ? needs.slice(modulePrefix.length) : needs;
    case "doubled-entrypoint":
    case "user":
      return needs;
    default:
      return path;
  }
}

/** In characters. Of a longer path, a headline shows only the file name. */
const maxPath = 40;

/** Returns the first problems of an image that cannot start, each followed by what to do about it. */
export function adviceOnStart({ start, platform, entrypoint }: Inspection): readonly Sentence[] {
  const instruction = entrypoint === null || entrypoint.length === 0 ? "CMD" : "ENTRYPOINT";
  return start.problems
    .slice(0, maxAdvice)
    .map(
      (problem) =>
        say`${problemSentence(problem)}${leftBehindSentence(problem)} ${remedyFor(problem, platform, instruction)}`,
    );
}

/** Says what an earlier stage has of that which is missing, as a sentence that follows `problemSentence`. */
function leftBehindSentence({ leftBehind }: StartProblem): Sentence {
  if (leftBehind === undefined) return [];
  const { line, kind, what, into } = leftBehind;
  const copy = "COPY --from";
  switch (kind) {
    case "package":
      return say` Line ${line} installs ${what} into ${into}, and no ${copy} takes it from there.`;
    case "list":
      return say` Line ${line} installs the packages of ${what} into ${into}, and no ${copy} takes them from there.`;
    case "file":
      return say` Line ${line} makes ${into}, and no ${copy} takes it.`;
    case "directory":
      return say` Line ${line} builds in ${into}, and no ${copy} takes anything from there.`;
  }
}

const maxAdvice = 3;

/** Returns what to do about a problem, as a sentence that follows `problemSentence`. */
export function remedyFor(
  problem: StartProblem,
  platform: string,
  instruction: "ENTRYPOINT" | "CMD",
): Sentence {
  const { needs, found } = problem;
  if (isLinkToNothing(problem)) return onLink(problem);
  if (endsInReturn(problem))
    return say`Save it with LF line endings, for example with ${"*.sh text eol=lf"} in ${".gitattributes"}.`;
  switch (problem.class) {
    case "interpreter-missing":
      return onInterpreter(needs);
    case "version-missing":
      return say`Build it on the distribution of the last stage or on an older one, or start the last stage from a newer one.`;
    case "library-missing":
      return / is in a directory that the loader does not search$/.test(found)
        ? say`Put the library into a directory that the loader searches, or name its directory in ${"LD_LIBRARY_PATH"}.`
        : say`Install the library's package in the last stage, or copy the library into it with ${"COPY --from"}.`;
    case "wrong-architecture":
      return say`Build it for ${platform}, for example with ${"--platform"} or ${`GOARCH=${platform.split("/")[1] ?? ""}`}.`;
    case "entrypoint":
      return onEntrypoint(problem, instruction);
    case "working-directory":
      return say`Correct ${"WORKDIR"}, or end the destination of ${"COPY"} with a slash, so that it becomes a directory.`;
    case "script":
      return onScript(problem);
    case "shell-form":
      return say`Write ${instruction} in exec form, such as ${'["/app/server"]'}.`;
    case "doubled-entrypoint":
      return say`Leave ${needs} out of ${"CMD"}: the base image's ${"ENTRYPOINT"} is already the interpreter.`;
    case "user":
      return say`Set ${"USER"} to a number such as ${"65532"}, or create the account in the last stage.`;
    case "runtime":
      return onRuntime(problem);
  }
}

function onLink({ needs }: StartProblem): Sentence {
  if (/\/bin\/python[\d.]*$/.test(needs))
    return say`A virtual environment needs the Python that made it, at the same path: make it with one that the last stage has, or install the packages with ${"pip install --target"} and copy them to a directory that the last stage's Python searches.`;
  return say`Copy what it links to as well, to the same path, or use the file itself.`;
}

function onInterpreter(needs: string): Sentence {
  switch (libraryOf(needs)) {
    case "glibc":
      return say`Build it statically, as Go does with ${"CGO_ENABLED=0"}, or start from a base image with glibc, such as ${"gcr.io/distroless/base"}.`;
    case "musl":
      return say`Build it statically, or with the C library of the last stage instead of Alpine's.`;
    case null:
      return say`Start from a base image that has ${needs}, or start a program that does not need it.`;
  }
}

function onEntrypoint(problem: StartProblem, instruction: string): Sentence {
  const { needs } = problem;
  if (lacksExecuteBit(problem))
    return say`Make it executable, for example with ${"COPY --chmod=0755"} or ${"RUN chmod +x"}.`;
  if (!needs.includes("/"))
    return say`Copy it into a directory of ${"PATH"} in the last stage, or name it in ${instruction} by its full path.`;
  return say`Correct its path in ${instruction}, or copy it there in the last stage.`;
}

function onScript(problem: StartProblem): Sentence {
  const { needs, found } = problem;
  if (found.includes("Git LFS")) return say`Set ${"lfs: true"} for actions/checkout.`;
  if (!isAboutNeeds(problem))
    return say`Begin it with a line such as ${"#!/bin/sh"}, or start a program instead.`;
  return found.startsWith("its mode")
    ? say`Change the mode of ${needs}, for example with ${"COPY --chmod=0755"}.`
    : say`Correct the script's first line.`;
}

function onRuntime({ needs, found }: StartProblem): Sentence {
  if (needs.startsWith(modulePrefix)) return onModule(found);
  if (found.endsWith(" read it"))
    return say`Make it readable by the image's user, for example with ${"COPY --chown"} or ${"COPY --chmod"}.`;
  return / (?:does not exist|is not a directory)$/.test(found)
    ? say`Copy it into the last stage, or correct its path in the command.`
    : say`Add it to the last stage, or start from a base image that has it.`;
}

function onModule(found: string): Sentence {
  const [, version] = /\bPython (\d+\.\d+)/.exec(found) ?? [];
  const packages = "/packages";
  const python = version === undefined ? say`the same Python` : [`Python ${version}`];
  return say`Install it in the last stage. Without pip there, install it with ${`pip install --target=${packages}`} in an earlier stage that has ${python}, copy ${packages}, and set ${`PYTHONPATH=${packages}`}.`;
}

const modulePrefix = "the module ";

/** Formats only the name in `the module NAME` as code. */
function named(needs: string): Sentence {
  return needs.startsWith(modulePrefix) ? say`the module ${needs.slice(modulePrefix.length)}` : say`${needs}`;
}

function cannotBeStarted({ path, needs, found }: StartProblem): Sentence {
  const where = path === needs ? [] : say` (${path})`;
  return say`${needs}${where} cannot be started: ${{ words: found }}.`;
}

function lacksExecuteBit({ found }: StartProblem): boolean {
  return /^its mode | is there, but its mode /.test(found);
}

function isLinkToNothing({ found }: StartProblem): boolean {
  return found.startsWith("it is a link to ");
}

function endsInReturn({ needs }: StartProblem): boolean {
  return needs.endsWith("\r");
}

/** Reports whether `found` is about what a script needs, not about the script. */
function isAboutNeeds({ found }: StartProblem): boolean {
  return /^(?:its mode|it is a directory|it is not a regular)/.test(found);
}

/** Returns the C library that a dynamic loader belongs to; null for other interpreters. */
function libraryOf(needs: string): "glibc" | "musl" | null {
  const name = needs.slice(needs.lastIndexOf("/") + 1);
  if (name.startsWith("ld-musl-")) return "musl";
  return /^ld(?:64)?(?:-linux[\w-]*)?\.so\.\d+$/.test(name) ? "glibc" : null;
}
