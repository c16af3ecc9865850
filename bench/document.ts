import { formatBytes } from "../src/report/text/format.ts";
import { type Store, stores } from "../tools/engine/stores.ts";
import { type Contender, contenders } from "./contenders.ts";
import type { Flags } from "./flags.ts";
import { headBytes } from "./head-image.ts";
import { imageNames, imageSizes, layerCount, programShare } from "./image-plan.ts";
import type { Machine } from "./machine.ts";
import { contenderName, formatSeconds, storeName, tablesOf } from "./result-tables.ts";
import { median, type Sample, samplesOf } from "./samples.ts";
import { table } from "./table.ts";

/** The results of a run. */
export interface Results {
  readonly samples: readonly Sample[];
  readonly machine: Machine;
  readonly flags: Pick<Flags, "rounds" | "diveRounds">;
  readonly date: Date;
}

/** Returns the whole page as Markdown. */
export function documentOf(results: Results): string {
  const { samples, machine } = results;
  return `${[
    "# Benchmarks",
    "*`npm run bench` writes this page from what it measures. Do not edit it by hand.*",
    ...stores.map((store) => headline(samples, store)).filter((text) => text !== null),
    tablesOf(samples),
    machine.dive === null
      ? "dive is not installed on this machine. Nothing was compared with it, and the goals that name it are open."
      : null,
    "This page measures only time and memory. `__tests__/docker/registry/receiver.engine.test.ts` checks that pull sizes equal those of a real registry, to the byte.",
    "## What is compared",
    comparedText(results),
    fairnessText,
    "## The machine",
    machineText(results),
    "## How to repeat it",
    "```sh\nnpm run bench\n```",
    "The benchmark builds its own images and downloads none. `npm run bench -- --help` shows how to run a part of it.",
    rawRounds(samples),
  ]
    .filter((part) => part !== null)
    .join("\n\n")}\n`;
}

/** Returns the most important numbers in two sentences. Null if they were not measured. */
function headline(samples: readonly Sample[], store: Store): string | null {
  const seconds = (contender: Contender) =>
    median(samplesOf(samples, { store, image: "medium", contender }).map((sample) => sample.seconds));
  const [floor, cold, known, dive] = contenders.map(seconds);
  if (floor == null || cold == null || known == null) return null;
  const peer = dive == null ? "" : `, and dive takes ${formatSeconds(dive)}`;
  return `With the ${storeName[store]}, auditing an image of ${formatBytes(imageSizes.medium.bytes)} with ${formatBytes(headBytes)} of new files takes **${formatSeconds(known)}** if its base was audited before, and ${formatSeconds(cold)} if nothing is cached. \`docker save\`, which inspects nothing, takes ${formatSeconds(floor)}${peer}.`;
}

function comparedText({ flags, machine }: Results): string {
  const images = imageNames.map((image) => [
    image,
    formatBytes(imageSizes[image].bytes),
    imageSizes[image].files.toLocaleString("en"),
    String(layerCount),
    `${Math.round(programShare(image) * 100)}%`,
    String(flags.rounds),
    machine.dive === null ? "–" : String(flags.diveRounds[image]),
  ]);
  return [
    table(
      ["image", "size of its files", "files", "layers", "share of programs", "rounds", "dive rounds"],
      images,
    ),
    `Most files are small and some have tens of megabytes, as in real images. Programs and libraries are real machine code, cut out of the \`node\` executable. Programs have the exec bit, so that they are searched for shells and package managers. All other files are text or incompressible bytes. Each round builds a new head \`FROM\` the image, with one new layer of ${formatBytes(headBytes)}.`,
    [
      "- **`docker save` of both**: `docker save base head | cat >/dev/null`. It moves the bytes and inspects nothing.",
      "- **Image Audit, nothing cached**: `image-audit compare HEAD --to BASE --format json --no-reading-store` with `--verbose` and `--output`. The time is that of the whole command.",
      "- **Image Audit, base cached**: the same with a reading store that has seen the base three times and never the head. Each round uses a fresh copy of that store.",
      "- **dive, both images**: `dive --ci` of the base, then of the head, with rules that every image passes. dive exports each image itself, as `docker save` does.",
      "- **Image Audit, startup only**: `image-audit --version`. Every other time of Image Audit includes it.",
    ].join("\n"),
    "The word in parentheses says how Image Audit got the images: the engine pushed them to it, or it used `docker save`.",
  ].join("\n\n");
}

const fairnessText = [
  "How fair the comparison is:",
  [
    "- All contenders run in each round, on the same head, in an order that changes. A ratio is the median of the ratios within rounds.",
    "- No comparison is cached. Each answer of Image Audit is checked: the head is larger by exactly the size of its new layer.",
    "- The bases were read before, so that every contender gets files from the page cache if memory allows.",
    "- The images are artificial. Real images may compress better or worse, and have more layers or fewer.",
    "- dive analyses one image at a time and does not compare two, so that it needs two commands. It computes wasted bytes and an efficiency from the trees of all layers, which Image Audit does not. Image Audit searches programs for shells and package managers and compares images, which dive does not.",
    "- dive takes long and therefore runs fewer rounds, as the table above shows.",
    "- Peak memory is the highest value of the Image Audit process in any round, as Linux counts it (`VmHWM`). It does not include the engine's memory.",
  ].join("\n"),
].join("\n\n");

function machineText({ machine, date }: Results): string {
  const engines = Object.entries(machine.engines).map(
    ([store, version]) => `${storeName[store as Store]} ${version}`,
  );
  return [
    `- ${machine.processor}, ${machine.cores} cores, ${formatBytes(machine.memory)} of memory, ${machine.kernel}`,
    `- Node ${machine.node}; Docker Engine: ${engines.join(", ")}; ${machine.dive === null ? "no dive" : `dive ${machine.dive}`}`,
    `- Image Audit at commit ${machine.commit}, ${date.toISOString().slice(0, 10)}`,
  ].join("\n");
}

function rawRounds(samples: readonly Sample[]): string {
  const rows = samples.map(({ store, image, round, contender, seconds, memory, route }) => [
    storeName[store],
    image,
    contenderName[contender],
    String(round),
    seconds.toFixed(3),
    memory === null ? "" : String(memory),
    route ?? "",
  ]);
  const head = ["store", "image", "", "round", "seconds", "peak memory, bytes", "route"];
  return `<details><summary>All measurements, in order</summary>\n\n${table(head, rows, 3)}\n\n</details>`;
}
