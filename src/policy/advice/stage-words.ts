import type { Inspection } from "../../inspect/inspection.ts";
import { readableReference } from "../../oci/reference.ts";
import { listed, type Sentence, say } from "../sentence.ts";
import { distrolessStatic } from "./base-images.ts";
import { shareOfBase } from "./base-share.ts";
import { installs, instructionOf, ownLayers, sizeOf } from "./own-layers.ts";
import type { NewStage } from "./stage.ts";
import type { Program } from "./what-runs.ts";

/** Says all of a new stage. */
export function stageSentence(stage: NewStage, head: Inspection): Sentence {
  const end = say`${instructions(stage, head)}${removed(stage)}${renamed(stage)}${commands(stage)}`;
  const start = stage.runs.kind === "musl" ? relinked(stage, stage.runs, head) : startingFrom(stage, head);
  return say`${start}${copied(stage)}${because(stage)}.${libraries(stage, head)}${versions(stage)}${packages(stage)}${end}${withoutLibc(stage, head)}${savings(stage, head)}`;
}

/** Says where to start from one of several base images. */
function startingFrom({ placement, from }: NewStage, head: Inspection): Sentence {
  const code = (reference: string) => say`${placement === "add" ? `FROM ${reference}` : reference}`;
  const [first, ...others] = from;
  const references = [...code(first), ...others.flatMap((reference) => [" or ", ...code(reference)])];
  const position = (head.stages?.declared ?? 1) > 1 ? "last" : "second";
  if (placement === "add") return say`Add a ${[position]} stage ${references}`;
  const instead =
    head.baseImage === null ? [] : say` instead of ${readableReference(head.baseImage.resolved)}`;
  return placement === "last"
    ? say`Start the last stage from ${references}${instead}`
    : say`Start from ${references}${instead}`;
}

function relinked(stage: NewStage, { path }: Program, head: Inspection): Sentence {
  const link = say`Link ${path} statically, as Go does with ${"CGO_ENABLED=0"}: it needs the loader of Alpine (musl), which distroless images lack.`;
  return say`${link} Then ${lowered(startingFrom(stage, head))}`;
}

function lowered([first = "", ...rest]: Sentence): Sentence {
  return typeof first === "string"
    ? [first.charAt(0).toLowerCase() + first.slice(1), ...rest]
    : [first, ...rest];
}

/** Says what a stage that is added gets from the one that there is. */
function copied({ placement, runs, renamed }: NewStage): Sentence {
  if (placement !== "add") return [];
  const flags = renamed.length > 0 ? "COPY --from --chown=65532" : "COPY --from";
  const end = say`to the same paths there with ${flags}`;
  switch (runs.kind) {
    case "static":
      return say`, and copy the static program ${runs.path} and the files that it reads ${end}`;
    case "glibc":
      return say`, which has glibc, and copy ${runs.path} and the files that it reads ${end}`;
    case "musl":
      return say`, and copy it and the files that it reads ${end}`;
    default:
      return say`, and copy the application ${end}`;
  }
}

/** Says why the program starts from the base image. Empty where that is said otherwise. */
function because({ placement, runs }: NewStage): Sentence {
  if (placement === "add") return [];
  if (runs.kind === "static") return say`: ${runs.path} is a static program`;
  return runs.kind === "glibc" ? say`: ${runs.path} needs glibc, which that base image has` : [];
}

function libraries({ placement, libraries, libraryDirectory }: NewStage, head: Inspection): Sentence {
  if (libraries.length === 0) return [];
  const names = listed(libraries.map((name) => say`${name}`));
  if (placement === "add") return say` Copy ${names} to ${libraryDirectory} as well.`;
  const source =
    head.baseImage === null
      ? say`with ${"COPY --from"}`
      : say`from a stage that still starts from ${readableReference(head.baseImage.resolved)}`;
  return say` Copy ${names} to ${libraryDirectory} ${source}.`;
}

const languages = { python: "Python", java: "Java", node: "Node.js" } as const;

function versions({ runs, version }: NewStage): Sentence {
  if (version === null || !("version" in runs)) return [];
  const name = languages[runs.kind];
  return runs.version === version
    ? say` Both have ${[`${name} ${version}`]}.`
    : say` It has ${[`${name} ${version}`]}, and this image has ${[runs.version ?? "another"]}: test the application with it first.`;
}

function packages({ packages }: NewStage): Sentence {
  if (packages === null) return [];
  const stage = say` Install its packages in an earlier stage ${`FROM ${packages.from}`}`;
  const { target } = packages;
  return target === null
    ? say`${stage}, since native ones are built for one version and one C library.`
    : say`${stage} with ${target.install}, and copy ${target.path} to ${target.destination}.`;
}

/** Says which instructions the stage needs. */
function instructions({ placement, writes, repeats }: NewStage, head: Inspection): Sentence {
  const write = listed(writes.map((line) => say`${line}`));
  if (placement !== "add") return writes.length === 0 ? [] : say` Write ${write}.`;
  const repeat = listed(repeats.map((line) => (line === "ENV" ? variables(head) : say`the ${line} line`)));
  return writes.length === 0
    ? say` Repeat ${repeat} there.`
    : say` There, write ${write}, and repeat ${repeat}.`;
}

function variables({ stages }: Inspection): Sentence {
  const where = stages?.inherits ? [" of the stages that it continues"] : [];
  return say`any ${"ENV"} lines${where}`;
}

const entrypoints = { python: "python3", java: "java -jar", node: "node" } as const;

/** Says which lines go, and what CMD adds to. */
function removed({ runs, writes, removes }: NewStage): Sentence {
  const isForInterpreter = "args" in runs && writes.some((line) => line.startsWith("CMD "));
  const [line] = removes;
  if (!isForInterpreter) return line === undefined ? [] : say` Remove the ${line} line.`;
  const the = line === undefined ? ["The"] : say`Remove the ${line} line: the`;
  return say` ${the} ${"ENTRYPOINT"} of that base image is ${entrypoints[runs.kind]}.`;
}

function renamed({ placement, renamed }: NewStage): Sentence {
  if (placement === "add" || renamed.length === 0) return [];
  return say` In ${"--chown"}, write ${"65532"} for ${listed(renamed.map((name) => say`${name}`))}, which that base image lacks.`;
}

/** Says that no command runs in the stage. Empty if none does now. */
function commands({ movesCommands }: NewStage): Sentence {
  return movesCommands ? say` Move its ${"RUN"} lines to an earlier stage, and copy what they make.` : [];
}

/** Says how a Go program does without a C library. Empty if it is not known to be one, or needs others. */
function withoutLibc({ runs }: NewStage, head: Inspection): Sentence {
  if (runs.kind !== "glibc") return [];
  const isGo = ownLayers(head).some((layer) => /\bgo (?:build|install)\b/.test(instructionOf(layer).text));
  const isLibc = runs.loads.every(
    ({ kind, needs }) => kind !== "library" || /^lib(?:c|pthread|resolv|dl)\.so\.\d$/.test(needs),
  );
  if (!isGo || !isLibc) return [];
  return say` Unless it contains C code, it needs no glibc when built with ${"CGO_ENABLED=0"}: then ${distrolessStatic.name} or ${"scratch"} will do.`;
}

/** Says how much the old base image is of the image, or how little is not it. Empty if that tells nothing. */
function savings({ placement }: NewStage, head: Inspection): Sentence {
  return placement === "add" ? shareOfOwn(head) : shareOfBase(head);
}

/** Says how much of the image is its own. Empty if that is over half. */
function shareOfOwn(head: Inspection): Sentence {
  const own = head.size - sizeOf(head, (layer) => layer.origin === "base-image" || installs(layer));
  if (own === 0 || own * 2 > head.size) return [];
  return head.layers.some((layer) => layer.origin !== "base-image" && installs(layer))
    ? say` Only ${{ bytes: own }} of this image is neither base image nor packages.`
    : say` Only ${{ bytes: own }} of this image is not from its base image.`;
}
