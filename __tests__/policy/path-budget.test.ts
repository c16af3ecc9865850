import { expect, test } from "vitest";
import { pathBudgets } from "../../src/policy/path-budget.ts";

test("reads one path and size a line", () => {
  const text = "\n/opt/models: 2GB\n  /usr/**/*.pyc :1.5 MiB\r\n/with:colon: 10\n";
  expect(pathBudgets.parse(text, "paths")).toEqual([
    { pattern: "/opt/models", bytes: 2_000_000_000 },
    { pattern: "/usr/**/*.pyc", bytes: 1_572_864 },
    { pattern: "/with:colon", bytes: 10 },
  ]);
});

test.each([
  ["/opt/models", /^paths has "\/opt\/models", which is not a path and a size/],
  ["opt: 1MB", /^paths has the path "opt": write an absolute path/],
  ["/opt: much", /^paths for \/opt is "much", which is not a size/],
  ["/opt: 1MB\n/opt: 2MB", /^paths has the path "\/opt" twice/],
  [Array.from({ length: 101 }, (_, index) => `/${index}: 1`).join("\n"), /101 paths. It takes at most 100/],
])("refuses %s", (text, message) => {
  expect(() => pathBudgets.parse(text, "paths")).toThrow(message);
});
