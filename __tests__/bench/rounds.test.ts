import { expect, test } from "vitest";
import { versionIn } from "../../bench/dive.ts";
import { estimateMinutes } from "../../bench/estimate.ts";
import { orderOf } from "../../bench/rounds.ts";

test("each contender takes its turn once a round, and begins a round before any begins twice", () => {
  const rounds = [1, 2, 3].map((round) => orderOf(round, false));
  for (const order of rounds) expect(order.toSorted()).toEqual(["cold", "floor", "known"]);
  expect(orderOf(1, true).toSorted()).toEqual(["cold", "dive", "floor", "known"]);
});

test("no contender always follows the same one", () => {
  const orders = [1, 2, 3, 4, 5].map((round) => orderOf(round, false));
  for (const contender of ["floor", "cold", "known"] as const) {
    const before = orders.map((order) => order[order.indexOf(contender) - 1]);
    expect(new Set(before).size).toBe(3);
  }
});

test("the version of dive is what Go noted in its binary", () => {
  expect(versionIn("…\nmod\tgithub.com/wagoodman/dive\tv0.13.1\th1:…\n")).toBe("v0.13.1");
  expect(versionIn("something else")).toBeNull();
});

test("more rounds, images and stores are said to take longer", () => {
  const flags = {
    rounds: 5,
    diveRounds: { small: 3, medium: 3, large: 1 },
    images: ["small", "medium"],
  } as const;
  const all = estimateMinutes(flags, ["graphdriver", "containerd"], true);
  expect(estimateMinutes(flags, ["containerd"], true)).toBeLessThan(all);
  expect(estimateMinutes(flags, ["graphdriver", "containerd"], false)).toBeLessThan(all);
  expect(estimateMinutes({ ...flags, rounds: 10 }, ["graphdriver", "containerd"], true)).toBeGreaterThan(all);
});
