import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as core from "@actions/core";
import type { Audit } from "./audit/judge.ts";
import { audit, type World } from "./audit.ts";
import { newRunId } from "./docker/tags.ts";
import { endingOf, statusOfVerdict, unfinishedAudit } from "./ending.ts";
import { Failure } from "./failure.ts";
import { type GithubApi, githubApi } from "./github/api.ts";
import { type Event, readEvent } from "./github/event.ts";
import { type Inputs, inputTextsOf, parseInputs } from "./inputs.ts";
import { keepHeapSmall } from "./memory.ts";
import { publish, setOutputs } from "./publish.ts";
import { renderComment } from "./report/comment.ts";
import { renderJson } from "./report/json.ts";
import { searchAbsolutePaths } from "./search-path.ts";
import { workflowProgress } from "./workflow-progress.ts";

// The action's entry. A promise that nobody awaits must never end green: only an ending sets another status.
process.exitCode = 3;
keepHeapSmall();
searchAbsolutePaths(process.env);

const cancel = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => cancel.abort());

try {
  process.exitCode = await run(process.env);
} catch (error) {
  const ending = endingOf(error);
  core.setFailed(`${ending.message} [${ending.code}]`);
  if (ending.stack !== null) core.info(ending.stack);
  process.exitCode = ending.status;
}

/** @returns the exit status */
async function run(env: NodeJS.ProcessEnv): Promise<number> {
  // Until something better is known: a step that reads the outputs of a run that could not start must not read nothing.
  core.setOutput("verdict", "inconclusive");
  core.setOutput("passed", false);
  const files = await takeUpResidence(env);
  const inputs = parseInputs(inputTextsOf(env));
  if (inputs.report.token !== null) core.setSecret(inputs.report.token);
  const event = await readEvent(env, (path) => readFile(path, "utf8"));
  const api = inputs.report.token === null ? null : githubApi(inputs.report.token, env);
  const { result, error } = await auditOrEnding(inputs, event, worldOf(inputs, event, env, api, files.run));

  await writeFile(files.report, renderJson(result));
  await writeFile(files.markdown, renderComment(result, {}));
  const commentUrl = isCancelled(error) ? null : await publish(result, { inputs, event, api, env });
  setOutputs(result, { report: files.report, markdown: files.markdown, commentUrl });
  if (error !== null) throw error;
  return statusOfVerdict[result.verdict];
}

/** An audit that could not be finished is published like any other, so that no old comment stands as if it were today's. */
async function auditOrEnding(
  inputs: Inputs,
  event: Event,
  world: World,
): Promise<{ readonly result: Audit; readonly error: unknown }> {
  try {
    return { result: await audit(inputs, event, world), error: null };
  } catch (error) {
    return { result: unfinishedAudit(endingOf(error)), error };
  }
}

function worldOf(
  inputs: Inputs,
  event: Event,
  env: NodeJS.ProcessEnv,
  api: GithubApi | null,
  run: string,
): World {
  const { token } = inputs.report;
  return {
    directory: env["GITHUB_WORKSPACE"] ?? process.cwd(),
    env,
    progress: workflowProgress(),
    signal: cancel.signal,
    run,
    cacheScope: {
      repository: env["GITHUB_REPOSITORY"] ?? "",
      change: event.kind === "pull-request" ? `pull request ${event.number}` : event.kind,
    },
    ...(token === null
      ? {}
      : { access: { server: env["GITHUB_SERVER_URL"] ?? "https://github.com", token } }),
    ...(api === null ? {} : { mergeBaseByApi: (base, head) => api.mergeBase(base, head) }),
  };
}

/**
 * Makes the directory that all temporary things of this run go into, and tells the post entry of it and of the name of
 * this run's tags, before anything is made: a run that is killed tidies nothing up itself. The reports stay for later
 * steps.
 */
async function takeUpResidence(env: NodeJS.ProcessEnv) {
  const parent = env["RUNNER_TEMP"] ?? tmpdir();
  const temporary = await mkdtemp(join(parent, "image-audit-run-"));
  const reports = await mkdtemp(join(parent, "image-audit-report-"));
  const run = newRunId();
  core.saveState("temporary", temporary);
  core.saveState("run", run);
  process.env["TMPDIR"] = temporary;
  return { run, report: join(reports, "report.json"), markdown: join(reports, "report.md") };
}

function isCancelled(error: unknown): boolean {
  return error instanceof Failure && error.code === "cancelled";
}
