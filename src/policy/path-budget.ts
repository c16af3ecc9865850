import { Failure } from "../failure.ts";
import { maxBytes } from "./limit.ts";
import { pathGlob } from "./path-pattern.ts";
import type { SettingType } from "./setting.ts";

/** The maximum bytes of the files at and below a path. */
export interface PathBudget {
  readonly pattern: string;
  readonly bytes: number;
}

/** Budgets, each written as `/opt/models: 2GB`, one a line; in a policy file, a map. */
export const pathBudgets: SettingType<readonly PathBudget[]> = {
  form: "map",
  parse: (text, name) =>
    pathBudgetsOf(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "")
        .map((line) => pairOf(line, name)),
      name,
    ),
  isAsStrictAs: (budgets, other) =>
    other.every(({ pattern, bytes }) =>
      budgets.some((budget) => budget.pattern === pattern && budget.bytes <= bytes),
    ),
  schema: {
    type: "object",
    propertyNames: { pattern: "^/" },
    additionalProperties: maxBytes.schema,
    examples: [{ "/opt/models": "2GB", "/usr/**/*.pyc": "1MB" }],
  },
};

function pathBudgetsOf(
  pairs: Iterable<readonly [pattern: string, size: string]>,
  name: string,
): readonly PathBudget[] {
  const budgets = new Map<string, PathBudget>();
  for (const [pattern, size] of pairs) {
    pathGlob(pattern, name);
    if (budgets.has(pattern))
      throw new Failure("input-invalid", `${name} has the path "${pattern}" twice: give each path one size.`);
    budgets.set(pattern, { pattern, bytes: maxBytes.parse(size, `${name} for ${pattern}`) });
  }
  if (budgets.size > maxBudgets)
    throw new Failure("input-invalid", `${name} has ${budgets.size} paths. It takes at most ${maxBudgets}.`);
  return [...budgets.values()];
}

/** Each path of an image is compared with each budget. */
const maxBudgets = 100;

/** Splits at the last colon: a path may contain one, and a size cannot. */
function pairOf(line: string, name: string): readonly [pattern: string, size: string] {
  const split = line.lastIndexOf(":");
  if (split > 0) return [line.slice(0, split).trim(), line.slice(split + 1).trim()];
  throw new Failure(
    "input-invalid",
    `${name} has "${line}", which is not a path and a size: write one a line, such as /opt/models: 2GB.`,
  );
}
