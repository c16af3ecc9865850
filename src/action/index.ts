import * as core from "@actions/core";
import { audit } from "../audit/audit.ts";
import type { AuditEnvironment } from "../audit/environment.ts";
import { endingOf, maskedError, statusOfVerdict, unfinishedAudit } from "../audit/exit-status.ts";
import { Failure } from "../failure.ts";
import type { Audit } from "../policy/audit-record.ts";
import type { Verdict } from "../policy/finding.ts";
import { keepHeapSmall } from "../process/heap.ts";
import { maskedProgress } from "../process/progress.ts";
import { searchAbsolutePaths } from "../process/search-path.ts";
import type { Mask } from "../secrecy/mask.ts";
import { type Beginning, begin, type Start, workspaceOf } from "./begin.ts";
import { workflowProgress } from "./log-groups.ts";
import { setOutputs } from "./outputs.ts";
import { commentOptions, publish } from "./publish.ts";
import { reportsOrEnding } from "./reports.ts";

// The action's entry. A promise that nobody awaits must never end green: only an ending sets another status.
process.exitCode = 3;
keepHeapSmall();
searchAbsolutePaths(process.env);

const cancel = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => cancel.abort());

try {
  process.exitCode = await run(process.env);
} catch (error) {
  process.exitCode = sayEnding(error, "inconclusive");
}

/** @returns the exit status */
async function run(env: NodeJS.ProcessEnv): Promise<number> {
  // Until something better is known: a step that reads the outputs of a run that could not start must not read nothing.
  setOutputs(null);
  const beginning = await begin(env, cancel.signal);
  const { places, secrecy } = beginning;
  const { result, error } = await auditOrEnding(beginning);
  const told = reportsOrEnding(result, secrecy, commentOptions(places.inputs, env));
  const isCancelled = error instanceof Failure && error.code === "cancelled";
  const published = await publish(told.audit, told.reports, { ...places, isCancelled });
  setOutputs({ audit: told.audit, published });
  const thrown = error ?? told.error;
  const { verdict } = told.audit;
  return thrown === null ? statusOfVerdict[verdict] : sayEnding(maskedError(thrown, secrecy.mask), verdict);
}

function sayEnding(thrown: unknown, verdict: Verdict): number {
  const ending = endingOf(thrown);
  core.setFailed(`${ending.message} [${ending.code}]`);
  if (ending.stack !== null) core.info(ending.stack);
  return verdict === "fail" ? statusOfVerdict.fail : ending.status;
}

/** An audit that could not be finished is published like any other, so that no old comment stands as if it were today's. */
async function auditOrEnding({
  start,
  places,
  secrecy: { mask },
}: Beginning): Promise<{ readonly result: Audit; readonly error: unknown }> {
  try {
    if ("error" in start) throw start.error;
    return {
      result: await audit(start.inputs, start.event, environmentOf(start, places, mask)),
      error: null,
    };
  } catch (thrown) {
    const error = maskedError(thrown, mask);
    return { result: unfinishedAudit(endingOf(error)), error };
  }
}

function environmentOf(
  { inputs, event, run }: Start,
  { env, api }: Beginning["places"],
  mask: Mask,
): AuditEnvironment {
  const { token } = inputs.report;
  return {
    directory: workspaceOf(env),
    env,
    progress: maskedProgress(workflowProgress(), mask),
    mask,
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
