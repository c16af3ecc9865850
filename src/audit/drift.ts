import type { InspectedLayer } from "../inspect/inspect.ts";
import type { Side } from "./compare.ts";
import { readInstruction } from "./instruction.ts";

/**
 * Whether nothing in the repository can have made the two layers differ, given that the layers below them did not:
 * then the world outside did, such as a package archive. Drift is exempt from growth rules, so that doubt is "no".
 *
 * The same instruction is not enough: `ENV VERSION=2` above makes another layer of the same `RUN`, and history tells
 * neither that nor mounts. So the Dockerfile must be the same down to the end of the instruction, and the instruction
 * may mount nothing that the repository or another stage fills. Instructions other than RUN read files of the context.
 */
export function isDeterminedByDockerfile(
  head: InspectedLayer,
  base: InspectedLayer,
  headSide: Side,
  baseSide: Side,
): boolean {
  if (head.origin !== "own" || base.origin !== "own") return false;
  if (head.createdBy === null || head.createdBy !== base.createdBy) return false;
  if (readInstruction(head.createdBy).keyword !== "RUN") return false;
  const steps = { head: stepsUntil(head.line, headSide), base: stepsUntil(base.line, baseSide) };
  if (steps.head === null || steps.base === null) return false;
  return (
    steps.head.above === steps.base.above && steps.head.own === steps.base.own && !readsFiles(steps.head.own)
  );
}

/** A Dockerfile's text above the instruction that starts at a line, and the instruction's own lines. */
function stepsUntil(
  line: number | null,
  side: Side,
): { readonly above: string; readonly own: string } | null {
  if (line === null || side.dockerfile === undefined || side.dockerfile === null) return null;
  const lines = side.dockerfile.split(/\r?\n/);
  const start = line - 1;
  let end = start;
  // `\` or, by directive, a backtick. Comments and empty lines may stand inside a continued instruction.
  while (/[\\`]\s*$|^\s*(?:#|$)/.test(lines[end] ?? "end")) end++;
  return { above: lines.slice(0, start).join("\n"), own: lines.slice(start, end + 1).join("\n") };
}

/** Any mount but those that hold nothing of the repository's. `from` fills a cache mount out of a stage. */
function readsFiles(instruction: string): boolean {
  const mounts = instruction.match(/--mount=\S*/g) ?? [];
  return mounts.some(
    (mount) => !/[=,]type=(?:cache|secret|ssh|tmpfs)(?:,|$)/.test(mount) || mount.includes("from="),
  );
}
