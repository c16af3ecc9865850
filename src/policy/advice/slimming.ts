import { type HistoryInstruction, readHistory } from "../../dockerfile/history/readable.ts";
import type { GitDirectory, InspectedLayer, Inspection } from "../../inspect/inspection.ts";
import { readableReference } from "../../oci/reference.ts";
import type { Subject } from "../finding.ts";
import { listed, type Sentence, say } from "../sentence.ts";
import { startedProgram } from "./started-program.ts";

/** Returns at most three ways to make the image smaller, the most concrete first. */
export function slimming({ head, comparison }: Subject): readonly Sentence[] {
  const heaviest = heaviestOwnLayer(head, comparison);
  return [...secondStage(head), ...layerAdvice(heaviest, head), ...baseImageAdvice(head)].slice(0, 3);
}

/** Returns how to keep Git repositories out of the image, except those of its base image. */
export function withoutGit({ gitDirectories, layers }: Inspection): readonly Sentence[] {
  const own = gitDirectories.filter(({ layer }) => layers[layer]?.origin !== "base-image");
  return own.slice(0, 2).map((directory) => gitAdvice(directory, layers[directory.layer]));
}

/** Returns how to give the audit a base. */
export function havingBase({ baseMissing }: Subject): readonly Sentence[] {
  const accept = say`To only warn when the base is missing, set ${"missing-base: warn"}.`;
  switch (baseMissing?.reason) {
    case "moved":
      return [say`Set ${"base-file"} to the Dockerfile's old path.`, accept];
    case "build-failed":
      return [
        say`Fix the build on the base branch, or create the files that it lacks with ${"base-prepare"}.`,
        accept,
      ];
    case "unavailable":
      return [say`Run again once the base can be fetched.`, accept];
    case "not-asked":
      return [say`Set ${"compare-with"} to an image to compare with.`];
    default:
      return [];
  }
}

/**
 * Returns how to make an image distroless and small: a last stage that holds only what runs. The size of the
 * program itself shows how small the image could be. Empty for a distroless image.
 */
export function secondStage(head: Inspection): readonly Sentence[] {
  if (head.distroless.verdict === "yes") return [];
  const { path, interpreter, shellUser } = startedProgram(head);
  const withoutShell = shellUser === null ? [] : startingWithoutShell(shellUser);
  if (head.stages !== null && head.stages.reachable > 1) {
    const from =
      interpreter === null
        ? say`${"FROM scratch"}, or from a distroless base image such as ${"gcr.io/distroless/base"}`
        : say`from a distroless base image that has ${interpreter}`;
    return [
      say`Start the last stage ${from}, and ${"COPY --from"} an earlier stage only what runs. Keep ${"RUN"} lines that need a shell in that earlier stage.${withoutShell}`,
    ];
  }
  const what = path === null ? say`only what runs` : say`only ${path}`;
  const from =
    interpreter === null
      ? say`${"FROM scratch"} or from a distroless base image`
      : say`from a distroless base image that has ${interpreter}`;
  return [
    say`Add a second stage ${from}, and copy ${what} into it with ${"COPY --from"}${shareOfOwn(head)}.${withoutShell}`,
  ];
}

/** Returns how to start without a shell a command that needs one now. */
function startingWithoutShell(user: string): Sentence {
  return user === "ENTRYPOINT" || user === "CMD"
    ? say` Write ${user} as a JSON array: its shell form needs a shell.`
    : say` Start the program directly, since ${user} needs a shell.`;
}

/** Says how much of the image is its own, to show what could be saved. Empty if that is over half. */
function shareOfOwn(head: Inspection): Sentence {
  const own = head.size - sizeOf(head, (layer) => layer.origin === "base-image" || installs(layer));
  if (own === 0 || own * 2 > head.size) return [];
  return head.layers.some((layer) => layer.origin !== "base-image" && installs(layer))
    ? say`: only ${{ bytes: own }} of this image is neither base image nor packages`
    : say`: only ${{ bytes: own }} of this image is not from its base image`;
}

function baseImageAdvice(head: Inspection): readonly Sentence[] {
  const size = sizeOf(head, (layer) => layer.origin === "base-image");
  if (head.baseImage === null || size * 2 < head.size || size === 0) return [];
  return [
    say`Start from a smaller base image: ${readableReference(head.baseImage.resolved)} alone is ${{ bytes: size }} of ${{ bytes: head.size }}.`,
  ];
}

/** Commands that leave bytes behind: the call, what it lacks, and the remedy. */
const habits: readonly { readonly call: RegExp; readonly lacks: RegExp; readonly remedy: Sentence }[] = [
  {
    call: /\bapt(?:-get)?\b[^&|;]*\binstall\b/,
    lacks: /--no-install-recommends/,
    remedy: say`${"apt-get install --no-install-recommends"}`,
  },
  {
    call: /\bapt(?:-get)?\s+update\b/,
    lacks: /\/var\/lib\/apt\/lists/,
    remedy: say`${"rm -rf /var/lib/apt/lists/*"} in the same instruction`,
  },
  { call: /\bapk\s+add\b/, lacks: /--no-cache/, remedy: say`${"apk add --no-cache"}` },
  { call: /\bpip3?\s+install\b/, lacks: /--no-cache-dir/, remedy: say`${"pip install --no-cache-dir"}` },
];

function layerAdvice(layer: InspectedLayer | null, head: Inspection): readonly Sentence[] {
  // A layer below a hundredth of the image is not worth a sentence.
  if (layer === null || layer.size * 100 < head.size) return [];
  const { text } = instructionOf(layer);
  if (copiesContext(layer)) {
    const where = layer.line === null ? say`The largest layer` : say`Line ${layer.line}`;
    return [
      say`${where} copies ${{ bytes: layer.size }}: copy only what runs, or list the rest in ${".dockerignore"}.`,
    ];
  }
  const remedies = habits.filter(({ call, lacks }) => call.test(text) && !lacks.test(text));
  if (remedies.length === 0) return [];
  const where = layer.line === null ? say`the largest layer` : say`line ${layer.line}`;
  return [
    say`If the packages of ${where} are needed at run time, use ${listed(remedies.map(({ remedy }) => remedy))}.`,
  ];
}

function gitAdvice({ path, bytes }: GitDirectory, layer: InspectedLayer | undefined): Sentence {
  const what = say`${path} (${{ bytes }})`;
  const where = layer === undefined || layer.line === null ? null : say`Line ${layer.line}`;
  if (where === null || layer === undefined) {
    return say`The image holds ${what}, the whole history of a repository. Keep it out: if it is copied from the build context, list it in ${".dockerignore"}.`;
  }
  if (copiesContext(layer)) {
    return say`${where} copies ${what} into the image: list ${".git"} in ${".dockerignore"}. It holds the whole history of the repository and differs in every clone, so this step and those after it never come from the build cache.`;
  }
  return say`${where} leaves ${what} in the image, the whole history of a repository: ${instructionOf(layer).keyword === "RUN" ? say`remove it in the same instruction` : say`copy only what is needed`}.`;
}

/**
 * Reports whether the layer is certain to copy files of the build context. No ignore file keeps out files of
 * other stages or of the network.
 */
function copiesContext(layer: InspectedLayer): boolean {
  const { keyword, text } = instructionOf(layer);
  if (layer.origin !== "own" || (keyword !== "COPY" && keyword !== "ADD")) return false;
  // The source may be a stage or an inline document. For ADD it may be a URL, also in a variable.
  if (/\s(?:--from\b|<<)/i.test(text)) return false;
  return keyword === "COPY" || !/\s["']?(?:\w+:\/\/|git@|\$)/i.test(text);
}

/** Returns the image's own layer that grew most or, without a base, is largest. */
function heaviestOwnLayer(head: Inspection, comparison: Subject["comparison"]): InspectedLayer | null {
  const growths =
    comparison?.layers.filter(({ kind }) => kind !== "drift") ??
    head.layers.map(({ size }, index) => ({ head: index, difference: size }));
  let heaviest: InspectedLayer | null = null;
  let largest = 0;
  for (const { head: index, difference } of growths) {
    const layer = head.layers[index ?? -1];
    if (layer === undefined || layer.origin === "base-image" || difference <= largest) continue;
    heaviest = layer;
    largest = difference;
  }
  return heaviest;
}

function installs(layer: InspectedLayer): boolean {
  return /\b(?:apt|apt-get|apk|dnf|microdnf|yum|zypper|tdnf)\b[^&|;]*\b(?:install|add)\b/.test(
    instructionOf(layer).text,
  );
}

function instructionOf(layer: InspectedLayer): HistoryInstruction {
  return readHistory(layer.createdBy ?? "");
}

function sizeOf(head: Inspection, belongs: (layer: InspectedLayer) => boolean): number {
  return head.layers.filter(belongs).reduce((sum, layer) => sum + layer.size, 0);
}
