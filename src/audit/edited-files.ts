import { posix } from "node:path";
import { dockerfileOf } from "../docker/build/definition.ts";
import type { BaseCommit } from "../git/commit.ts";
import type { Repository } from "../git/repository.ts";
import { changedSince } from "../git/tree.ts";
import { policyFilePath } from "../policy/file/policy-file.ts";
import type { FileRole, PolicyRemark } from "../policy/remark.ts";
import type { Plan } from "./plan.ts";

/** Returns the files that decide about the audit and that differ from the base commit. */
export async function editedFiles(
  { definition }: Plan,
  base: BaseCommit,
  repository: Repository,
  env: NodeJS.ProcessEnv,
): Promise<readonly PolicyRemark[]> {
  const dockerfile = dockerfileOf(definition);
  const roles = new Map<string, FileRole>([
    [policyFilePath, "policy"],
    ...workflowOf(env).map((path) => [path, "workflow"] as const),
    [posix.join(definition.context, ".dockerignore"), "ignore-file"],
    [`${dockerfile}.dockerignore`, "ignore-file"],
    ...owners.map((path) => [path, "owners"] as const),
    // buildx evaluates it without being asked to.
    [`${dockerfile}.rego`, "builder-policy"],
  ]);
  const changed = await changedSince(repository, base.commit, [...roles.keys()]);
  return [...roles]
    .filter(([path]) => changed.has(path))
    .map(([path, role]) => ({ kind: "file", path, role }));
}

/** Where GitHub looks for the owners of code. */
const owners = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/** Returns the path of the workflow that runs, from `owner/repo/path@ref`. */
function workflowOf({ GITHUB_WORKFLOW_REF: reference = "" }: NodeJS.ProcessEnv): readonly string[] {
  const [, path] = /^[^/]+\/[^/]+\/(\.github\/workflows\/[^@]+)@/.exec(reference) ?? [];
  return path === undefined ? [] : [path];
}
