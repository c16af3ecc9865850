import { formatBytes } from "../src/report/text/format.ts";
import { type Store, stores } from "../tools/engine/stores.ts";
import { type Contender, contenders } from "./contenders.ts";
import { type Goal, goalsOf, type Part } from "./goals.ts";
import { imageNames } from "./image-plan.ts";
import { type Case, median, peakMemory, type Sample, samplesOf, timeRatio } from "./samples.ts";
import { table } from "./table.ts";

/** Returns the results as Markdown, for terminal and page: a table for each store, and the goals. */
export function tablesOf(samples: readonly Sample[]): string {
  const parts = stores.map((store) => {
    const has = samples.some((sample) => sample.store === store);
    const body = has
      ? storeTable(samples, store)
      : "Not measured: no engine with this store was requested or could be opened.";
    return `## ${upperFirst(storeName[store])}\n\n${body}`;
  });
  const goals = stores.flatMap((store) => goalsOf(samples, store));
  return [...parts, "## Goals", goalTable(goals)].join("\n\n");
}

export const storeName: Readonly<Record<Store, string>> = {
  graphdriver: "graph driver",
  containerd: "containerd image store",
};

export const contenderName: Readonly<Record<Contender, string>> = {
  floor: "`docker save` of both",
  cold: "Image Audit, nothing cached",
  known: "Image Audit, base cached",
  dive: "dive, both images",
  start: "Image Audit, startup only",
};

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

/** Returns the routes by which the images were read, as far as debug lines showed them. */
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
  // If all parts fail, their names add nothing.
  if (failed.length === 0 || failed.length === parts.length) return marks[verdict];
  return `${marks[verdict]}: ${failed.map(({ name }) => name).join(", ")}`;
}

function inUnit(value: number, { unit }: Goal): string {
  return unit === "bytes" ? formatBytes(value) : formatTimes(value);
}

/** Formats seconds with three digits: `0.21 s`, `6.31 s`, `61.3 s`. */
export function formatSeconds(seconds: number): string {
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)}\u00a0s`;
}

function formatTimes(ratio: number): string {
  return ratio.toFixed(ratio < 10 ? 2 : 1);
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
