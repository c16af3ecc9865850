import { expect, test } from "vitest";
import { isWhole, parseFlags } from "../../bench/flags.ts";

test("without flags everything is measured, in five rounds, and less of dive", () => {
  const flags = parseFlags([]);
  expect(flags).toEqual({
    rounds: 5,
    diveRounds: { small: 3, medium: 3, large: 1 },
    images: ["small", "medium", "large"],
    stores: ["graphdriver", "containerd"],
    write: false,
  });
  expect(isWhole(flags)).toBe(true);
});

test("a part is a part, whichever is left out", () => {
  const parts = [
    ["--rounds", "4"],
    ["--images", "small,large"],
    ["--stores", "containerd"],
    ["--dive-rounds", "0"],
  ];
  expect(parts.map((args) => isWhole(parseFlags(args)))).toEqual([false, false, false, false]);
});

test("dive never has more rounds than the others", () => {
  expect(parseFlags(["--rounds", "2"]).diveRounds).toEqual({ small: 2, medium: 2, large: 1 });
  expect(parseFlags(["--rounds", "7", "--dive-rounds", "6"]).diveRounds).toEqual({
    small: 6,
    medium: 6,
    large: 6,
  });
});

test("images are measured in their own order, whatever the flag's", () => {
  expect(parseFlags(["--images", "large, small"]).images).toEqual(["small", "large"]);
});

test.for([
  [["--rounds", "0"], "--rounds must be a whole number from 1 to 100"],
  [["--rounds", "many"], "--rounds must be a whole number"],
  [["--images", "huge"], '--images takes small, medium, large, not "huge"'],
  [["--stores", ""], "--stores takes graphdriver, containerd"],
] as const)("%j is refused in a sentence", ([args, sentence]) => {
  expect(() => parseFlags(args)).toThrow(sentence);
});
