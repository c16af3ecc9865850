import { expect, test } from "vitest";
import { stepsAlone } from "../../../src/dockerfile/build-record/build-order.ts";

/** @param graph inputs by step; commands that others can reach have names in capitals */
function alone(graph: Readonly<Record<string, string>>): string {
  const steps = Object.entries(graph).map(([id, inputs]) => ({
    id,
    inputs: inputs.split(" ").flatMap((input) => (input === "" ? [] : [`${input}:0`])),
    isReachable: id === id.toUpperCase(),
  }));
  return [...stepsAlone(steps)].join(" ");
}

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["commands of one stage", { from: "", A: "from", B: "A", C: "B" }, "A B C"],
  ["commands of two stages", { from: "", A: "from", B: "from", copy: "A B" }, ""],
  ["a command that waits for another stage", { from: "", A: "from", copy: "from A", B: "copy" }, "A B"],
  ["a command that all others wait for", { from: "", A: "from", B: "A", C: "A", D: "B C" }, "A D"],
  [
    "a command beside one that cannot be reached",
    { from: "", A: "from", quiet: "from", copy: "A quiet" },
    "A",
  ],
  ["steps with an unlisted input", { A: "gone", B: "" }, ""],
])("%s", (_, graph, expected) => {
  expect(alone(graph)).toBe(expected);
});

test("reports none of very many commands as running alone", () => {
  const chain = Array.from({ length: 1001 }, (_, index) => [`${index}`, index === 0 ? "" : `${index - 1}`]);
  expect(alone(Object.fromEntries(chain))).toBe("");
  expect(alone(Object.fromEntries(chain.slice(0, 1000))).split(" ")).toHaveLength(1000);
});
