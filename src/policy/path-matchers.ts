import type { PathMatcher } from "../inspect/path-sizes.ts";
import { pathGlob } from "./path-pattern.ts";
import type { Policy } from "./policy.ts";

/** Returns the paths that have to be measured before an image is judged, each once. */
export function pathMatchers(policies: readonly Policy[]): readonly PathMatcher[] {
  const budgets = policies.flatMap(({ rules }) => rules["paths"] ?? []);
  return [...new Set(budgets.map(({ pattern }) => pattern))].map((pattern) => ({
    pattern,
    names: pathGlob(pattern, "paths"),
  }));
}
