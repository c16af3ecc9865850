import { readFile } from "node:fs/promises";
import type { Audit } from "../../src/policy/audit-record.ts";
import type { Github, SeenComment } from "./github-api.ts";
import { makeRepository, type TestRepository } from "./repository.ts";
import { runAction, type StepOptions, type StepResult } from "./runner.ts";

export type Files = Readonly<Record<string, string | null>>;

/** A pull request of a real repository. Its test merge is checked out, as by actions/checkout. */
export interface PullRequest extends Disposable {
  readonly number: number;
  readonly repository: TestRepository;
  /** commits to the pull request's branch and checks out the new test merge */
  push(files: Files): Promise<void>;
  comments(): Promise<readonly SeenComment[]>;
}

export interface Step extends StepResult, AsyncDisposable {
  /** the step's report; null if it wrote none */
  readonly report: Audit | null;
}

/**
 * @param base files of the base branch @param head files that the pull request changes; null removes a file
 */
export async function openPullRequest(github: Github, base: Files, head: Files): Promise<PullRequest> {
  const repository = makeRepository();
  repository.commit(base);
  repository.branch("topic");
  let number: number | undefined;
  const push = async (files: Files) => {
    repository.switch("topic");
    const headSha = repository.commit(files);
    const seed = { headSha, baseSha: repository.tip("main"), baseRef: "main" };
    number = await github.seedPullRequest(number === undefined ? seed : { ...seed, number });
    repository.git("switch", "--quiet", "--detach", "main");
    repository.merge("topic");
  };
  await push(head);
  const opened = number ?? 0;
  return {
    number: opened,
    repository,
    push,
    comments: () => github.comments(opened),
    [Symbol.dispose]: () => repository[Symbol.dispose](),
  };
}

/** Returns the payload of the pull_request event, with the fields that are read. */
function eventOf(github: Github, { number, repository }: PullRequest) {
  const repo = { id: 1, full_name: `${github.owner}/${github.repo}`, default_branch: "main", fork: false };
  return {
    action: "synchronize",
    number,
    repository: repo,
    pull_request: {
      number,
      head: { sha: repository.tip("topic"), ref: "topic", repo },
      base: { sha: repository.tip("main"), ref: "main", repo },
    },
  };
}

/** Runs the action as a step of that pull request's workflow, by default in its working tree. */
export async function auditPullRequest(
  github: Github,
  pullRequest: PullRequest,
  options: Pick<StepOptions, "env"> & Partial<StepOptions>,
): Promise<Step> {
  const { inputs, ...rest } = options;
  const result = await runAction({
    workspace: pullRequest.repository.directory,
    eventName: "pull_request",
    event: eventOf(github, pullRequest),
    inputs: { "github-token": github.token, ...inputs },
    apiUrl: github.url,
    repository: `${github.owner}/${github.repo}`,
    ...rest,
  });
  const path = result.outputs.get("report");
  const report = path ? (JSON.parse(await readFile(path, "utf8")) as Audit) : null;
  return { ...result, report };
}
