import { expect, test } from "vitest";
import { readChoice } from "../../../scripts/demo/choice.ts";

test.each([
  [[], "calculator"],
  [["go"], "calculator"],
  [["calculator"], "calculator"],
  [["Python"], "converter"],
  [["converter"], "converter"],
  [["java"], "clock"],
  [["node"], "markdown"],
])("the demo of %j shows the example %s", (args, name) => {
  expect(readChoice(args)).toMatchObject({ example: { name }, keepsPictures: false });
});

test("--keep-pictures may stand before or after the example", () => {
  for (const args of [["--keep-pictures"], ["--keep-pictures", "go"], ["go", "--keep-pictures"]])
    expect(readChoice(args)).toMatchObject({ example: { name: "calculator" }, keepsPictures: true });
});

test("an unknown name is answered with the nearest name and all others", () => {
  const all = "go (calculator), python (converter), java (clock), node (markdown)";
  expect(readChoice(["Pyton"])).toBe(`There is no example "Pyton", only ${all}: did you mean python?`);
  expect(readChoice(["calculater"])).toBe(
    `There is no example "calculater", only ${all}: did you mean calculator?`,
  );
});

test("an unknown flag and a second example are refused", () => {
  expect(readChoice(["--keep-picture"])).toBe('The demo has no flag "--keep-picture", only --keep-pictures.');
  expect(readChoice(["go", "calculator"])).toBe('The demo shows one example at a time, not "go calculator".');
});
