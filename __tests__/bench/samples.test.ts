import { expect, test } from "vitest";
import { median, peakMemory, type Sample, timeRatio } from "../../bench/samples.ts";

const floor = { store: "containerd", image: "small", contender: "floor" } as const;
const cold = { ...floor, contender: "cold" } as const;

const sample = (
  of: typeof floor | typeof cold,
  round: number,
  seconds: number,
  memory: number | null = null,
) => ({ ...of, round, seconds, memory, route: null }) satisfies Sample;

test("the median is the middle value, or the mean of the two in the middle", () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([5]), median([])]).toEqual([2, 2.5, 5, null]);
});

test("a ratio compares what was measured in the same round", () => {
  // The machine was ten times slower in the second round, for both.
  const samples = [
    sample(floor, 1, 2),
    sample(cold, 1, 1),
    sample(floor, 2, 20),
    sample(cold, 2, 10),
    sample(floor, 3, 1),
  ];
  expect(timeRatio(samples, cold, floor)).toBe(0.5);
});

test("a ratio of what was never measured together is not known", () => {
  expect(timeRatio([sample(floor, 1, 2), sample(cold, 2, 1)], cold, floor)).toBeNull();
  expect(timeRatio([sample(floor, 1, 2)], cold, floor)).toBeNull();
});

test("peak memory is the most of any round, and not known of other programs", () => {
  const samples = [sample(cold, 1, 1, 80), sample(cold, 2, 1, 90), sample(floor, 1, 1)];
  expect(peakMemory(samples, cold)).toBe(90);
  expect(peakMemory(samples, floor)).toBeNull();
});
