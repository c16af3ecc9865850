import { expect, test } from "vitest";
import { goalsOf } from "../../bench/goals.ts";
import type { Sample } from "../../bench/samples.ts";
import { stores } from "../../tools/engine/stores.ts";
import { goodSamples } from "../helpers/bench-samples.ts";

const verdicts = (samples: readonly Sample[]) =>
  Object.fromEntries(goalsOf(samples, "containerd").map(({ title, verdict }) => [title, verdict]));

test.for(stores)("goals of the %s store are met where every number keeps its limit", (store) => {
  // Base cached at 0.05 of the floor; dive at 60 times that, and 6 times nothing cached.
  const goals = goalsOf(goodSamples(), store);
  expect(goals.length).toBe(8);
  expect(goals.map(({ verdict }) => verdict)).toEqual(goals.map(() => "met"));
});

test("one image that breaks its limit breaks the goal", () => {
  const slow = goodSamples((one) =>
    one.contender === "cold" && one.image === "small" ? { ...one, seconds: 7.01 } : one,
  );
  const [goal] = goalsOf(slow, "containerd");
  expect(goal?.verdict).toBe("not met");
  expect(goal?.parts.map(({ name, isMet }) => [name, isMet])).toEqual([
    ["small", false],
    ["medium", true],
    ["large", true],
  ]);
});

test("what was not measured is never met", () => {
  const withoutDive = verdicts(goodSamples((one) => (one.contender === "dive" ? null : one)));
  expect(withoutDive["Time of dive ÷ Image Audit's with nothing cached"]).toBe("not measured");
  expect(withoutDive["Time of dive ÷ Image Audit's with the base cached"]).toBe("not measured");
  const withoutLarge = verdicts(goodSamples((one) => (one.image === "large" ? null : one)));
  expect(Object.values(withoutLarge)).toEqual(Array(8).fill("not measured"));
  expect(Object.values(verdicts([]))).toEqual(Array(8).fill("not measured"));
});

test("a broken limit is told where other parts were not measured", () => {
  const samples = goodSamples((one) => {
    if (one.image === "large") return null;
    return one.contender === "known" ? { ...one, memory: 200_000_001 } : one;
  });
  expect(verdicts(samples)["Peak memory, base cached"]).toBe("not met");
});

test("memory may grow with the image by a fifth, and not more", () => {
  const grown = (memory: number) =>
    verdicts(goodSamples((one) => (one.image === "large" && one.memory !== null ? { ...one, memory } : one)));
  expect(grown(120_000_000)["Peak memory on large ÷ on medium"]).toBe("met");
  expect(grown(120_000_001)["Peak memory on large ÷ on medium"]).toBe("not met");
});
