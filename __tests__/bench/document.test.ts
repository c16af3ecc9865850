import { expect, test } from "vitest";
import { documentOf } from "../../bench/document.ts";
import type { Machine } from "../../bench/machine.ts";
import { tablesOf } from "../../bench/result-tables.ts";
import { table } from "../../bench/table.ts";
import { goodSamples } from "../helpers/bench-samples.ts";

const machine: Machine = {
  processor: "A processor",
  cores: 2,
  memory: 8_000_000_000,
  kernel: "linux 6.0",
  node: "v24.0.0",
  engines: { graphdriver: "28.5.2 (overlay2)", containerd: "28.5.2 (overlayfs)" },
  dive: "v0.13.1",
  commit: "1a2b3c4",
};
const flags = { rounds: 5, diveRounds: { small: 3, medium: 3, large: 1 } };
const date = new Date("2026-11-21T10:00:00Z");

test("the page says who wrote it, on what machine, of which commit, and how to have it again", () => {
  const page = documentOf({ samples: goodSamples(), machine, flags, date });
  expect(page).toMatch(/^# Benchmarks\n\n\*`npm run bench` writes this page/);
  expect(page).toContain("A processor, 2 cores, 8.00\u00a0GB of memory, linux 6.0");
  expect(page).toContain(
    "graph driver 28.5.2 (overlay2), containerd image store 28.5.2 (overlayfs); dive v0.13.1",
  );
  expect(page).toContain("commit 1a2b3c4, 2026-11-21");
  expect(page).toContain("```sh\nnpm run bench\n```");
});

test("every measurement is in the page's folded table", () => {
  const samples = goodSamples();
  const [, details = ""] = documentOf({ samples, machine, flags, date }).split("<details>");
  expect(details.split("\n").filter((line) => line.startsWith("| ")).length).toBe(samples.length + 2);
});

test("a row has median, spread, rounds, ratio and peak memory", () => {
  const rounds = [4, 5, 9].flatMap((seconds, index) =>
    goodSamples((one) => ({
      ...one,
      round: index + 1,
      seconds: one.contender === "cold" ? seconds : one.seconds,
    })),
  );
  const row = tablesOf(rounds)
    .split("\n")
    .find((line) => /medium .* nothing cached/.test(line));
  const cells = row?.split("|").map((cell) => cell.trim().replaceAll("\u00a0", " "));
  expect(cells?.slice(3, -1)).toEqual(["5.00 s", "4.00 s – 9.00 s", "3", "0.50", "100 MB"]);
});

test("a dive that is not installed is said, and its goals are open", () => {
  const samples = goodSamples((one) => (one.contender === "dive" ? null : one));
  const page = documentOf({ samples, machine: { ...machine, dive: null }, flags, date });
  expect(page).toContain("dive is not installed on this machine");
  expect(page.match(/dive ÷ .*not measured/g)?.length).toBe(4);
});

test("a store without an engine is said to be not measured", () => {
  const samples = goodSamples((one) => (one.store === "containerd" ? null : one));
  expect(tablesOf(samples)).toContain("## Containerd image store\n\nNot measured");
});

test("a goal that is not met names the images that break it", () => {
  const samples = goodSamples((one) =>
    one.contender === "known" && one.image === "small" ? { ...one, seconds: 1.5 } : one,
  );
  expect(tablesOf(samples)).toContain("❌ not met: small");
});

test("columns of a table are as wide as their longest cell", () => {
  expect(table(["name", "n"], [["a", "1,000"]])).toBe("| name |     n |\n| ---- | ----: |\n| a    | 1,000 |");
});
