import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { type Option, options, outputs } from "../../src/inputs/options.ts";

const action = parse(await readFile("action.yml", "utf8")) as {
  inputs: Record<string, { description: string; required: boolean; default?: string }>;
  outputs: Record<string, { description: string }>;
  runs: { using: string; main: string; post: string };
};
const all: readonly Option[] = options;

test("action.yml has every option as an input, with its default, and none besides", () => {
  const expected = all.map(({ name, description, default: value }) => [
    name,
    { description, required: false, ...(value === undefined ? {} : { default: value }) },
  ]);
  expect(action.inputs).toEqual(Object.fromEntries(expected));
  expect(Object.keys(action.inputs)).toHaveLength(all.length);
});

test("action.yml has every output, in the same order, and none besides", () => {
  const expected = Object.entries(outputs).map(([name, description]) => [name, { description }]);
  expect(Object.entries(action.outputs)).toEqual(expected);
});

test("what the action runs is in the repository, with a post step that tidies up after a run that was killed", async () => {
  expect(action.runs).toEqual({ using: "node24", main: "dist/index.js", post: "dist/cleanup.js" });
  for (const path of [action.runs.main, action.runs.post]) expect(await readFile(path, "utf8")).not.toBe("");
});

test("names, flags and short flags are each taken once", () => {
  const flags = all.flatMap(({ name, flag }) => (flag === undefined ? [name] : [name, flag]));
  expect(new Set(flags).size).toBe(flags.length);
  const shorts = all.flatMap(({ short }) => short ?? []);
  expect(new Set(shorts).size).toBe(shorts.length);
});

test("an input's name is one that the runner passes unchanged", () => {
  // INPUT_<NAME>: upper case, spaces as underscores; anything else in a name would not come back as it was.
  for (const { name } of all) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test("only what has a default may be absent and still be one of several words", () => {
  const words = ["comment", "distroless", "missing-base", "pull", "no-cache", "warn-only"];
  for (const name of words) expect(all.find((option) => option.name === name)?.default).toBeDefined();
});
