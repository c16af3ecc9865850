import type { Store } from "../tools/engine/stores.ts";
import type { Contender } from "./contenders.ts";
import { type ImageName, imageNames } from "./image-plan.ts";
import { type Case, peakMemory, type Sample, timeRatio } from "./samples.ts";

/** The measured value of one part of a goal, and whether it meets the limit. Null if it was not measured. */
export interface Part {
  /** empty if the goal has only one part */
  readonly name: string;
  readonly value: number | null;
  readonly isMet: boolean | null;
}

/** A goal for speed or memory on one image store. */
export interface Goal {
  readonly store: Store;
  readonly title: string;
  readonly limit: number;
  /** whether the limit is a minimum or a maximum */
  readonly bound: "at least" | "at most";
  readonly unit: "times" | "bytes";
  readonly parts: readonly Part[];
  readonly verdict: "met" | "not met" | "not measured";
}

/**
 * Returns the goals of one store. A goal is met if each of its parts was measured and is within the limit.
 */
export function goalsOf(samples: readonly Sample[], store: Store): readonly Goal[] {
  const goal = (stated: Pick<Goal, "title" | "limit" | "bound" | "unit">, values: Values): Goal => {
    const parts = Object.entries(values).map(([name, value]) => ({
      name,
      value,
      isMet:
        value === null ? null : stated.bound === "at most" ? value <= stated.limit : value >= stated.limit,
    }));
    return { store, ...stated, parts, verdict: verdictOf(parts) };
  };
  const ratio = (one: Contender, other: Contender) =>
    each((image) => timeRatio(samples, { store, image, contender: one }, { store, image, contender: other }));
  const known = (image: ImageName): Case => ({ store, image, contender: "known" });
  const memory = (contender: "cold" | "known") =>
    each((image) => peakMemory(samples, { store, image, contender }));
  const growth = (contender: "cold" | "known") => {
    const { medium = null, large = null } = memory(contender);
    return medium === null || large === null ? null : large / medium;
  };
  const times = { bound: "at most", unit: "times" } as const;
  const faster = { bound: "at least", unit: "times" } as const;
  const bytes = { bound: "at most", unit: "bytes" } as const;
  return [
    goal(
      { title: "Time with nothing cached ÷ time of `docker save`", limit: coldLimit[store], ...times },
      ratio("cold", "floor"),
    ),
    goal(
      { title: "Time with the base cached ÷ time of `docker save`", limit: 0.1, ...times },
      ratio("known", "floor"),
    ),
    goal(
      { title: "Time on large ÷ time on small, base cached, 20 MB new in both", limit: 1.5, ...times },
      { "": timeRatio(samples, known("large"), known("small")) },
    ),
    goal({ title: "Peak memory, nothing cached", limit: memoryLimit, ...bytes }, memory("cold")),
    goal({ title: "Peak memory, base cached", limit: memoryLimit, ...bytes }, memory("known")),
    goal(
      { title: "Peak memory on large ÷ on medium", limit: 1.2, ...times },
      { "nothing cached": growth("cold"), "base cached": growth("known") },
    ),
    goal(
      { title: "Time of dive ÷ Image Audit's with nothing cached", limit: diveLimit[store], ...faster },
      ratio("dive", "cold"),
    ),
    goal(
      { title: "Time of dive ÷ Image Audit's with the base cached", limit: 20, ...faster },
      ratio("dive", "known"),
    ),
  ];
}

type Values = Readonly<Record<string, number | null>>;

const coldLimit: Readonly<Record<Store, number>> = { containerd: 0.7, graphdriver: 1.15 };
const diveLimit: Readonly<Record<Store, number>> = { containerd: 3, graphdriver: 1.5 };
const memoryLimit = 200_000_000;

function each(value: (image: ImageName) => number | null): Values {
  return Object.fromEntries(imageNames.map((image) => [image, value(image)]));
}

function verdictOf(parts: readonly Part[]): Goal["verdict"] {
  if (parts.some(({ isMet }) => isMet === false)) return "not met";
  return parts.some(({ isMet }) => isMet === null) ? "not measured" : "met";
}
