import { realpath } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { type BaseCommit, type BaseQuestion, findBase } from "../git/commit.ts";
import { checkHead } from "../git/event-head.ts";
import { openRepository, type Repository } from "../git/repository.ts";
import type { Inputs } from "../inputs/inputs.ts";
import type { Exception } from "../policy/exception.ts";
import { exceptionsOf } from "../policy/file/chain.ts";
import { exceptionRemarks } from "../policy/file/exception-remarks.ts";
import { type FileReference, writtenReference } from "../policy/file/file-reference.ts";
import type { MissingBase } from "../policy/finding.ts";
import type { PolicyRemark } from "../policy/remark.ts";
import { editedFiles } from "./edited-files.ts";
import type { AuditEnvironment } from "./environment.ts";
import { imageOfFile } from "./image-of-file.ts";
import { missingBaseFor } from "./missing-base.ts";
import { makePlan, type Plan } from "./plan.ts";
import { noPolicyFiles, type PolicyFiles, policyBase, readPolicyFiles } from "./policy-files.ts";
import { type PolicyInForce, policyInForce } from "./policy-in-force.ts";
import { isMissing } from "./side.ts";

/** What is known before anything is built: the commits, the policy, and which image is audited. */
export interface Settled extends PolicyInForce, AsyncDisposable {
  /** null if both images exist, and no repository is around */
  readonly repository: Repository | null;
  /** absolute root of the head's tree */
  readonly root: string;
  readonly found: BaseCommit | MissingBase;
  readonly files: PolicyFiles;
  readonly plan: Plan;
  /** as YYYY-MM-DD */
  readonly today: string;
}

/**
 * Finds the commits, reads the policy, and plans the audit.
 * @param question how the event or the command line determines the base commit
 * @throws Failure policy-invalid, policy-unavailable, input-invalid, and those of git
 */
export async function settle(
  inputs: Inputs,
  question: BaseQuestion,
  environment: AuditEnvironment,
): Promise<Settled> {
  await using stack = new AsyncDisposableStack();
  const directory = await realpath(environment.directory);
  const repository = await repositoryOf(inputs, environment);
  if (repository !== null) stack.use(repository);
  const root = repository?.root ?? directory;
  const found = await baseCommitOf(repository, inputs, question, environment);
  const files = await policyFilesOf(repository, question, found, environment);
  const plan = makePlan(inputs, { directory, root }, imageOfFile(files, inputs.name));
  const today = environment.today ?? new Date().toISOString().slice(0, 10);
  const kept = stack.move();
  return {
    ...policyInForce(inputs.policy, files, plan.name, today),
    repository,
    root,
    found,
    files,
    plan,
    today,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Returns what the change wants otherwise, and which files it edits that decide about the audit. */
export async function changesIn(
  { remarks, found, repository, plan }: Settled,
  env: NodeJS.ProcessEnv,
): Promise<readonly PolicyRemark[]> {
  if (isMissing(found) || repository === null) return remarks;
  return [...remarks, ...(await editedFiles(plan, found, repository, env))];
}

/** Says what became of the exceptions of the policy that holds. */
export function exceptionsIn(
  { files, plan, today }: Settled,
  used: ReadonlySet<Exception>,
): readonly PolicyRemark[] {
  return exceptionRemarks(exceptionsOf(files.holding, plan.name), used, today);
}

/** Opens the repository of the workspace; null if there is none and both images exist, so none is needed. */
async function repositoryOf(
  { compareWith, image, build }: Inputs,
  { directory, env, signal, access = null }: AuditEnvironment,
): Promise<Repository | null> {
  const isWorkspace = env["GITHUB_ACTIONS"] === "true";
  const opening = openRepository(directory, { env, signal, access, isWorkspace, context: build.context });
  if (compareWith === null || image === null) return opening;
  return opening.catch((error) => {
    if (error instanceof Failure && (error.code === "git-not-a-repository" || error.code === "git-missing"))
      return null;
    throw error;
  });
}

/** Returns the commit to compare with. If something is built, the tree has to be the one that the event is about. */
async function baseCommitOf(
  repository: Repository | null,
  { image, compareWith }: Inputs,
  question: BaseQuestion,
  environment: AuditEnvironment,
): Promise<BaseCommit | MissingBase> {
  if (repository === null) return noRepository;
  const { mergeBaseByApi, env } = environment;
  if (image === null || compareWith === null)
    await checkHead(repository, question, env["GITHUB_SHA"] ?? null, environment);
  // A branch that a person named must exist: with a mistyped one, nothing could fail.
  const isNamed = question.kind === "terminal" && question.baseBranch !== null;
  return findBase(repository, question, { mergeBaseByApi }).catch((error) => {
    if (isNamed) throw error;
    return missingBaseFor(error);
  });
}

const noRepository: MissingBase = { reason: "unavailable", message: "There is no git repository." };

async function policyFilesOf(
  repository: Repository | null,
  question: BaseQuestion,
  found: BaseCommit | MissingBase,
  { fetchFile = nowhere }: AuditEnvironment,
): Promise<PolicyFiles> {
  if (repository === null) return noPolicyFiles;
  return readPolicyFiles({ repository, base: policyBase(question, found), fetchFile });
}

async function nowhere(reference: FileReference): Promise<never> {
  throw new Failure(
    "policy-unavailable",
    `The policy file extends ${writtenReference(reference)}, which is read through the GitHub API: set github-token, or GITHUB_TOKEN in a terminal.`,
  );
}
