import { readIgnoreFile } from "../docker/build/dockerfile.ts";
import { parseIgnoreFile } from "../dockerfile/ignore/ignore-file.ts";
import { Failure } from "../failure.ts";
import type { Repository } from "../git/repository.ts";
import { uncommittedInContext } from "../git/tree.ts";
import type { Inputs } from "../inputs/inputs.ts";
import type { MissingBase } from "../policy/finding.ts";
import type { Plan } from "./plan.ts";
import type { PreparedSide } from "./prepare.ts";
import { isMissing } from "./side.ts";

/** Returns remarks on the audit that a reader of its numbers should know. */
export async function notesOn(
  plan: Plan,
  base: PreparedSide | MissingBase,
  inputs: Inputs,
  repository: Repository | null,
): Promise<readonly string[]> {
  const bothBuilt = plan.head.kind === "build" && plan.base.kind === "build" && !isMissing(base);
  if (!bothBuilt || repository === null || inputs.basePrepare !== null) return [];
  const files = await headOnlyFiles(plan, repository).catch(unknownFor);
  if ("unknown" in files) return [files.unknown];
  const [first] = files;
  if (first === undefined) return [];
  const others = files.length === 1 ? "" : ` and ${files.length - 1} more`;
  return [
    `The build context has files that are not committed (${first}${others}), and the base was built without them. If its build needs them, create them with base-prepare; else list them in .dockerignore.`,
  ];
}

function unknownFor(error: unknown): { readonly unknown: string } {
  if (!(error instanceof Failure) || error.code !== "limit-exceeded") throw error;
  return {
    unknown: `It is unknown whether the build context has files that are not committed. ${error.message}`,
  };
}

async function headOnlyFiles(plan: Plan, repository: Repository): Promise<readonly string[]> {
  const { context } = plan.definition;
  const uncommitted = await uncommittedInContext(repository, context);
  if (uncommitted.length === 0) return [];
  const prefix = context === "." ? "" : `${context}/`;
  const ignoreFile = parseIgnoreFile(String((await readIgnoreFile(plan.definition, repository.root)) ?? ""));
  return uncommitted.filter((path) => {
    const inContext = path.slice(prefix.length).replace(/\/$/, "");
    return inContext === "" || !ignoreFile.ignores(inContext);
  });
}
