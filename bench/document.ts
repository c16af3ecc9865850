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

/** All that a run found out. */
export interface Results {
  readonly samples: readonly Sample[];
  readonly machine: Machine;
  readonly flags: Pick<Flags, "rounds" | "diveRounds">;
  readonly date: Date;
}

/** The whole page. */
export function documentOf(results: Results): string {
  const { samples, machine } = results;
  return `${[
    "# Benchmarks",
    "*`npm run bench` writes this page, and measures what it says. Nothing here is edited by hand.*",
    ...stores.map((store) => headline(samples, store)).filter((text) => text !== null),
    tablesOf(samples),
    machine.dive === null
      ? "dive is not installed on this machine: nothing was compared with it, and the goals that name it are open."
      : null,
    "Whether pull sizes are those of a real registry, to the byte, is no matter of time: `__tests__/docker/registry/receiver.engine.test.ts` compares them.",
    "## What is compared",
    comparedText(results),
    fairnessText,
    "## The machine",
    machineText(results),
    "## Again",
    "```sh\nnpm run bench\n```",
    "It makes its images itself and downloads none. `npm run bench -- --help` tells how to run a part of it.",
    rawRounds(samples),
  ]
    .filter((part) => part !== null)
    .join("\n\n")}\n`;
}

/** One sentence with what a reader came for; null where it was not measured. */
function headline(samples: readonly Sample[], store: Store): string | null {
  const seconds = (contender: Contender) =>
    median(samplesOf(samples, { store, image: "medium", contender }).map((sample) => sample.seconds));
  const [floor, cold, known, dive] = contenders.map(seconds);
  if (floor == null || cold == null || known == null) return null;
  const peer = dive == null ? "" : `, and dive takes ${formatSeconds(dive)}`;
  return `On the ${storeName[store]}, an image of ${formatBytes(imageSizes.medium.bytes)} with ${formatBytes(headBytes)} new costs **${formatSeconds(known)}** where its base was audited before, and ${formatSeconds(cold)} where nothing is known. \`docker save\`, which looks at nothing, takes ${formatSeconds(floor)}${peer}.`;
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
    table(["image", "bytes of its files", "files", "layers", "of it programs", "rounds", "of dive"], images),
    `Most files are small and some have tens of megabytes, as in real images. Programs and libraries are real machine code, cut out of Node's own program; programs have the exec bit, so that they are searched for shells and package managers. The rest is text, and bytes that do not compress. For each round a head is built for it, \`FROM\` the image with one layer of ${formatBytes(headBytes)} that nobody has seen.`,
    [
      "- **`docker save` of both**: `docker save base head | cat >/dev/null`. It moves the bytes and looks at nothing.",
      "- **Image Audit, nothing known**: `image-audit compare HEAD --to BASE --format json --no-reading-store`, the whole command from its start to its end, with `--verbose` and `--output`.",
      "- **Image Audit, base known**: the same with a reading store that has seen the base three times, and never the head: a fresh copy of it for each round.",
      "- **dive, both images**: `dive --ci` of the base, then of the head, with rules that every image keeps. It gets each by an export of its own, like that of `docker save`.",
      "- **Image Audit's start alone**: `image-audit --version`. It is part of each of our times, whatever the image weighs.",
    ].join("\n"),
    "In parentheses: how Image Audit got the images, by a push of the engine to it or by `docker save`.",
  ].join("\n\n");
}

const fairnessText = [
  "Why it is fair, and where it is not:",
  [
    "- All contenders take their turn in each round, on the same head, in an order that changes. A ratio is the median of the ratios within rounds.",
    "- No comparison is kept anywhere, and each of our answers is checked: the head has exactly so many bytes more.",
    "- The bases were read before, so that files come from the page cache where memory allows, for every contender.",
    "- The images are made up: real ones may compress better or worse, and have more layers or fewer.",
    "- dive looks at one image at a time and does not compare two: it needs two commands. It works out wasted bytes and an efficiency, by the trees of all layers, which Image Audit does not. Image Audit searches programs for shells and package managers, and compares, which dive does not.",
    "- dive takes long, and so has fewer rounds: the table above says how many.",
    "- Peak memory is that of the Image Audit process, the most in any round, as Linux counts it (`VmHWM`). What the engine needs is not in it.",
  ].join("\n"),
].join("\n\n");

function machineText({ machine, date }: Results): string {
  const engines = Object.entries(machine.engines).map(
    ([store, version]) => `${storeName[store as Store]} ${version}`,
  );
  return [
    `- ${machine.processor}, ${machine.cores} cores, ${formatBytes(machine.memory)} of memory, ${machine.kernel}`,
    `- Node ${machine.node}; Docker Engine: ${engines.join(", ")}; ${machine.dive === null ? "no dive" : `dive ${machine.dive}`}`,
    `- Image Audit of commit ${machine.commit}, ${date.toISOString().slice(0, 10)}`,
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
  const head = ["store", "image", "", "round", "seconds", "peak memory, bytes", "by"];
  return `<details><summary>Every measurement, in the order it was made</summary>\n\n${table(head, rows, 3)}\n\n</details>`;
}
