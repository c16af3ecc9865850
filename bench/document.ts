import { type Store, stores } from "../scripts/engine/stores.ts";
import { formatBytes } from "../src/report/format.ts";
import { type Contender, contenders } from "./contenders.ts";
import type { Flags } from "./flags.ts";
import { type Goal, goalsOf, type Part } from "./goals.ts";
import { headBytes } from "./head-image.ts";
import { imageNames, imageSizes, layerCount } from "./image-plan.ts";
import type { Machine } from "./machine.ts";
import { type Case, median, peakMemory, type Sample, samplesOf, timeRatio } from "./samples.ts";
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
    tablesOf(results),
    machine.dive === null
      ? "dive is not installed on this machine: nothing was compared with it, and the goals that name it are open."
      : null,
    "That pull sizes are equal to the byte to those of a real registry is no matter of time: a test proves it on both stores.",
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

/** What is printed as well: a table for each store, and the goals. */
export function tablesOf({ samples }: Pick<Results, "samples">): string {
  const parts = stores.map((store) => {
    const has = samples.some((sample) => sample.store === store);
    const body = has
      ? storeTable(samples, store)
      : "Not measured: no engine with this store could be opened or was asked for.";
    return `## ${upperFirst(storeName[store])}\n\n${body}`;
  });
  const goals = stores.flatMap((store) => goalsOf(samples, store));
  return [...parts, "## Goals", goalTable(goals)].join("\n\n");
}

const storeName: Readonly<Record<Store, string>> = {
  graphdriver: "graph driver",
  containerd: "containerd image store",
};

const contenderName: Readonly<Record<Contender, string>> = {
  floor: "`docker save` of both",
  cold: "Image Audit, nothing known",
  known: "Image Audit, base known",
  dive: "dive, both images",
};

/** One sentence with what a reader came for; null where it was not measured. */
function headline(samples: readonly Sample[], store: Store): string | null {
  const seconds = (contender: Contender) =>
    median(samplesOf(samples, { store, image: "medium", contender }).map((sample) => sample.seconds));
  const [floor, cold, known, dive] = contenders.map(seconds);
  if (floor == null || cold == null || known == null) return null;
  const peer = dive == null ? "" : `, and dive takes ${formatSeconds(dive)}`;
  return `On the ${storeName[store]}, an image of ${formatBytes(imageSizes.medium.bytes)} with ${formatBytes(headBytes)} new costs **${formatSeconds(known)}** where its base was audited before, and ${formatSeconds(cold)} where nothing is known. \`docker save\`, which looks at nothing, takes ${formatSeconds(floor)}${peer}.`;
}

function storeTable(samples: readonly Sample[], store: Store): string {
  const rows = imageNames.flatMap((image) =>
    contenders
      .map((contender) => ({ store, image, contender }))
      .filter((one) => samplesOf(samples, one).length > 0)
      .map((one) => caseRow(samples, one)),
  );
  return table(["image", "", "median", "from – to", "rounds", "÷ `docker save`", "peak memory"], rows, 2);
}

function caseRow(samples: readonly Sample[], one: Case): readonly string[] {
  const seconds = samplesOf(samples, one).map((sample) => sample.seconds);
  const ratio = timeRatio(samples, one, { ...one, contender: "floor" });
  const memory = peakMemory(samples, one);
  return [
    one.image,
    contenderName[one.contender] + routeText(samplesOf(samples, one)),
    formatSeconds(median(seconds) ?? Number.NaN),
    `${formatSeconds(Math.min(...seconds))} – ${formatSeconds(Math.max(...seconds))}`,
    String(seconds.length),
    ratio === null ? "" : formatTimes(ratio),
    memory === null ? "" : formatBytes(memory),
  ];
}

/** Which way the images came, where a debug line told. */
function routeText(samples: readonly Sample[]): string {
  const routes = new Set(samples.map(({ route }) => route).filter((route) => route !== null));
  return routes.size === 0 ? "" : ` (${[...routes].join(", ")})`;
}

function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => [
    storeName[goal.store],
    goal.title,
    goal.parts.map((part) => partText(part, goal)).join(" · "),
    `${goal.bound} ${inUnit(goal.limit, goal)}`,
    verdictText(goal),
  ]);
  return table(["store", "goal", "measured", "limit", ""], rows, 5);
}

function partText({ name, value }: Part, goal: Goal): string {
  const text = value === null ? "–" : inUnit(value, goal);
  return name === "" ? text : `${name} ${text}`;
}

function verdictText({ verdict, parts }: Goal): string {
  const marks = { met: "✅ met", "not met": "❌ not met", "not measured": "❔ not measured" } as const;
  const failed = parts.filter(({ isMet, name }) => isMet === false && name !== "");
  // Where all fail alike their names tell nothing.
  if (failed.length === 0 || failed.length === parts.length) return marks[verdict];
  return `${marks[verdict]}: ${failed.map(({ name }) => name).join(", ")}`;
}

function inUnit(value: number, { unit }: Goal): string {
  return unit === "bytes" ? formatBytes(value) : formatTimes(value);
}

function comparedText({ flags, machine }: Results): string {
  const images = imageNames.map((image) => [
    image,
    formatBytes(imageSizes[image].bytes),
    imageSizes[image].files.toLocaleString("en"),
    String(layerCount),
    String(flags.rounds),
    machine.dive === null ? "–" : String(flags.diveRounds[image]),
  ]);
  return [
    table(["image", "bytes of its files", "files", "layers", "rounds", "of dive"], images),
    `Most files are small and some have tens of megabytes, as in real images. A good third of the bytes are real machine code, part of it with an exec bit, so that there are programs to be searched for shells and package managers. For each round a head is built for it, \`FROM\` the image with one layer of ${formatBytes(headBytes)} that nobody has seen.`,
    [
      "- **`docker save` of both**: `docker save base head | cat >/dev/null`. It moves the bytes and looks at nothing.",
      "- **Image Audit, nothing known**: `image-audit compare HEAD --to BASE --format json --no-reading-store`, the whole command from its start to its end.",
      "- **Image Audit, base known**: the same with a reading store that has seen the base three times, and never the head: a fresh copy of it for each round.",
      "- **dive, both images**: `dive --ci` of the base, then of the head, with rules that every image keeps.",
    ].join("\n"),
    "In parentheses: how Image Audit got the images, by a push of the engine to it or by `docker save`.",
  ].join("\n\n");
}

const fairnessText = [
  "Why it is fair, and where it is not:",
  [
    "- All contenders take their turn in each round, on the same head, in an order that changes. A ratio is the median of the ratios within rounds.",
    "- No comparison is kept anywhere, and each of our answers is checked: the head has exactly so many bytes more.",
    "- All images were read before, so that files come from the page cache, for every contender.",
    "- dive looks at one image at a time and does not compare two: it needs two commands. It works out wasted bytes and an efficiency, by the trees of all layers, which Image Audit does not. Image Audit searches programs for shells and package managers, verifies digests, and compares, which dive does not.",
    "- dive has fewer rounds, since it takes long.",
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

/** Three digits: `0.21 s`, `6.31 s`, `61.3 s`. */
function formatSeconds(seconds: number): string {
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)}\u00a0s`;
}

function formatTimes(ratio: number): string {
  return ratio.toFixed(ratio < 10 ? 2 : 1);
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
