import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as core from "@actions/core";
import { newRunId, type RunId } from "../docker/engine/tags.ts";
import { githubApi } from "../github/api.ts";
import { type Event, readEvent } from "../github/event.ts";
import { type Secrecy, secrecyOf, secrecyOfTexts } from "../inputs/confidential.ts";
import { givenTexts, type Inputs, inputsOfReport, inputTextsOf, parseInputs } from "../inputs/inputs.ts";
import type { Destinations } from "./publish.ts";

/** What a run of the action knows before it audits. Errors are reported wherever they can be. */
export interface Setup {
  readonly destinations: Omit<Destinations, "isCancelled">;
  readonly secrecy: Secrecy;
  /** what an audit needs, or why it cannot start */
  readonly start: Start | { readonly error: unknown };
}

export interface Start {
  readonly inputs: Inputs;
  readonly event: Event;
  readonly run: RunId;
}

/** Sets up a run. Returns errors of the user and of the environment instead of throwing them. */
export async function setUpRun(env: NodeJS.ProcessEnv, cancel: AbortSignal): Promise<Setup> {
  const errors: unknown[] = [];
  const attempt = async <T>(work: () => Promise<T> | T): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      errors.push(error);
      return null;
    }
  };
  const files = await attempt(() => createRunDirectories(env));
  const inputs = await attempt(() => parseInputs(inputTextsOf(env)));
  const event = await attempt(() => readEvent(env, (path) => readFile(path, "utf8")));
  const given = givenTexts(env);
  const report = inputs ?? inputsOfReport(given);
  const token = report?.report.token ?? null;
  if (token !== null) core.setSecret(token);
  const secrecy =
    inputs === null ? secrecyOfTexts(given, env) : await secrecyOf(inputs, env, workspaceOf(env));
  const api = token === null ? null : githubApi(token, env, undefined, cancel);
  const isReady = inputs !== null && event !== null && files !== null;
  return {
    destinations: { inputs: report, event, api, env, files, mask: secrecy.mask },
    secrecy,
    start: isReady ? { inputs, event, run: files.run } : { error: errors[0] },
  };
}

export function workspaceOf(env: NodeJS.ProcessEnv): string {
  return env["GITHUB_WORKSPACE"] ?? process.cwd();
}

/**
 * Creates the directory of all this run's temporary files. Saves it and the name of this run's tags for the
 * post entry before anything else is made, since a killed run does not clean up itself. The reports stay for
 * later steps.
 */
async function createRunDirectories(env: NodeJS.ProcessEnv) {
  const parent = env["RUNNER_TEMP"] ?? tmpdir();
  const temporary = await mkdtemp(join(parent, "image-audit-run-"));
  const reports = await mkdtemp(join(parent, "image-audit-report-"));
  const run = newRunId();
  core.saveState("temporary", temporary);
  core.saveState("run", run);
  process.env["TMPDIR"] = temporary;
  return { run, report: join(reports, "report.json"), markdown: join(reports, "report.md") };
}
