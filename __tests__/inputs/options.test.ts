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

test("action.yml has exactly the options as inputs, with their defaults", () => {
  const expected = all.map(({ name, description, default: value, otherwise }) => [
    name,
    {
      description: otherwise === undefined ? description : `${description} Default: ${otherwise}.`,
      required: false,
      ...(value === undefined ? {} : { default: value }),
    },
  ]);
  expect(action.inputs).toEqual(Object.fromEntries(expected));
  expect(Object.keys(action.inputs)).toHaveLength(all.length);
});

test("action.yml has exactly the outputs, in the same order", () => {
  const expected = Object.entries(outputs).map(([name, description]) => [name, { description }]);
  expect(Object.entries(action.outputs)).toEqual(expected);
});

test("the repository has the action's programs, with a post step that cleans up after a killed run", async () => {
  expect(action.runs).toEqual({ using: "node24", main: "dist/index.js", post: "dist/cleanup.js" });
  for (const path of [action.runs.main, action.runs.post]) expect(await readFile(path, "utf8")).not.toBe("");
});

test("names, flags and short flags are unique", () => {
  const flags = all.flatMap(({ name, flag }) => (flag === undefined ? [name] : [name, flag]));
  expect(new Set(flags).size).toBe(flags.length);
  const shorts = all.flatMap(({ short }) => short ?? []);
  expect(new Set(shorts).size).toBe(shorts.length);
});

test("the runner passes the names of inputs unchanged", () => {
  // INPUT_<NAME> is upper case, with underscores for spaces. Other characters in a name would not survive.
  for (const { name } of all) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test("an option with a fixed list of values has a default", () => {
  const words = ["comment", "missing-base", "pull", "no-cache", "warn-only"];
  for (const name of words) expect(all.find((option) => option.name === name)?.default).toBeDefined();
});
