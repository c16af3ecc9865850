import { type HistoryInstruction, readHistory } from "../../dockerfile/history/readable.ts";
import type { GitDirectory, InspectedLayer, Inspection } from "../../inspect/inspection.ts";
import { readableReference } from "../../oci/reference.ts";
import type { Subject } from "../finding.ts";
import { type Sentence, say } from "../sentence.ts";
import { startedProgram } from "./started-program.ts";

/** What would make the image smaller, the most concrete and the most telling first: at most three. */
export function slimming({ head, comparison }: Subject): readonly Sentence[] {
  const heaviest = heaviestOwnLayer(head, comparison);
  return [...secondStage(head), ...layerAdvice(heaviest, head), ...baseImageAdvice(head)].slice(0, 3);
}

/** How to keep repositories out of the image, which a base image's own are none of this Dockerfile's to. */
export function withoutGit({ gitDirectories, layers }: Inspection): readonly Sentence[] {
  const own = gitDirectories.filter(({ layer }) => layers[layer]?.origin !== "base-image");
  return own.slice(0, 2).map((directory) => gitAdvice(directory, layers[directory.layer]));
}

/** What would give the audit its base. */
export function havingBase({ baseMissing }: Subject): readonly Sentence[] {
  const accept = say`To let rules that need the base only warn without one, set ${"missing-base: warn"}.`;
  switch (baseMissing?.reason) {
    case "moved":
      return [say`Give the Dockerfile's old path as ${"base-file"}.`, accept];
    case "build-failed":
      return [
        say`Mend the build on the base branch, or make the files that it lacks with ${"base-prepare"}.`,
        accept,
      ];
    case "unavailable":
      return [say`Run again once the base can be fetched.`, accept];
    case "not-asked":
      return [say`Name an image to compare with: ${"compare-with"}.`];
    default:
      return [];
  }
}

/**
 * What makes an image that is not distroless so, and small: only what runs, in a last stage of its own. What the
 * program itself weighs shows what the image could.
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
      say`Let the last stage start ${from}, and ${"COPY --from"} an earlier stage only what runs; ${"RUN"} lines that need a shell belong there.${withoutShell}`,
    ];
  }
  const what = path === null ? say`only what runs` : say`only ${path}`;
  const from =
    interpreter === null
      ? say`${"FROM scratch"} or from a distroless base image`
      : say`from a distroless base image that has ${interpreter}`;
  return [
    say`Copy ${what} into a second stage, ${from}, with ${"COPY --from"}${shareOfOwn(head)}.${withoutShell}`,
  ];
}

/** An image without a shell does not start what is written for one. */
function startingWithoutShell(user: string): Sentence {
  return user === "ENTRYPOINT" || user === "CMD"
    ? say` Write ${user} as a JSON array there: its shell form needs a shell.`
    : say` Start the program itself there, since ${user} needs a shell.`;
}

/** Said where it is less than half, and so tells what could be saved. */
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

/** Habits that leave bytes behind: what is called, what the call lacks, and the remedy. */
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
  // What is below a hundredth of the image is not worth the words.
  if (layer === null || layer.size * 100 < head.size) return [];
  const { text } = instructionOf(layer);
  const where = layer.line === null ? say`The largest layer` : say`Line ${layer.line}`;
  if (copiesContext(layer)) {
    return [
      say`${where} copies ${{ bytes: layer.size }}: name only what runs, or list the rest in ${".dockerignore"}.`,
    ];
  }
  const remedies = habits.filter(({ call, lacks }) => call.test(text) && !lacks.test(text));
  return remedies.length === 0
    ? []
    : [
        say`${where}, if its packages are needed at run time: ${remedies.flatMap(({ remedy }, index) => (index === 0 ? remedy : [", ", ...remedy]))}.`,
      ];
}

function gitAdvice({ path, bytes }: GitDirectory, layer: InspectedLayer | undefined): Sentence {
  const what = say`${path} (${{ bytes }})`;
  const where = layer === undefined || layer.line === null ? null : say`Line ${layer.line}`;
  if (where === null || layer === undefined) {
    return say`The image holds ${what}, the whole history of a repository: keep it out, by ${".dockerignore"} where it is copied from the build context.`;
  }
  if (copiesContext(layer)) {
    return say`${where} copies ${what} into the image: list ${".git"} in ${".dockerignore"}. It is the whole history of the repository, and another in every clone, so that neither this step nor those after it come from the build cache.`;
  }
  return say`${where} leaves ${what} in the image, the whole history of a repository: ${instructionOf(layer).keyword === "RUN" ? say`remove it in the same instruction` : say`name what is copied, without it`}.`;
}

/** Whether it is sure to copy files of the build context: those of other stages and of the network no ignore file keeps out. */
function copiesContext(layer: InspectedLayer): boolean {
  const { keyword, text } = instructionOf(layer);
  if (layer.origin !== "own" || (keyword !== "COPY" && keyword !== "ADD")) return false;
  // A stage, an inline document; for ADD an address, which a variable may hold.
  if (/\s(?:--from\b|<<)/i.test(text)) return false;
  return keyword === "COPY" || !/\s["']?(?:\w+:\/\/|git@|\$)/i.test(text);
}

/** The own layer that grew most, or without a base the largest. */
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
