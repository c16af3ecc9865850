import * as core from "@actions/core";
import { audit } from "../audit/audit.ts";
import type { AuditEnvironment } from "../audit/environment.ts";
import { exitOf, maskedError, statusOfVerdict, unfinishedAudit } from "../audit/exit-status.ts";
import { Failure } from "../failure.ts";
import type { Audit } from "../policy/audit-record.ts";
import type { Verdict } from "../policy/finding.ts";
import { keepHeapSmall } from "../process/heap.ts";
import { maskedProgress } from "../process/progress.ts";
import { searchAbsolutePaths } from "../process/search-path.ts";
import type { Mask } from "../secrecy/mask.ts";
import { workflowProgress } from "./log-groups.ts";
import { setOutputs } from "./outputs.ts";
import { commentOptions, publish } from "./publish.ts";
import { reportsOrUnfinished } from "./reports.ts";
import { type Setup, type Start, setUpRun, workspaceOf } from "./set-up.ts";

// The action's entry. A promise that nobody awaits must never end green: only the end of a run sets another
// status.
process.exitCode = 3;
keepHeapSmall();
searchAbsolutePaths(process.env);

const cancel = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => cancel.abort());

try {
  process.exitCode = await run(process.env);
} catch (error) {
  process.exitCode = sayFailure(error, "inconclusive");
}

/**
 * Runs the action.
 * @returns the exit status
 */
async function run(env: NodeJS.ProcessEnv): Promise<number> {
  // Preliminary: later steps read the outputs even of a run that could not start.
  setOutputs(null);
  const setup = await setUpRun(env, cancel.signal);
  const { destinations, secrecy } = setup;
  const { result, error } = await auditOrUnfinished(setup);
  const published = reportsOrUnfinished(result, secrecy, commentOptions(destinations.inputs, env));
  const isCancelled = error instanceof Failure && error.code === "cancelled";
  const locations = await publish(published.audit, published.reports, { ...destinations, isCancelled });
  setOutputs({ audit: published.audit, published: locations });
  const thrown = error ?? published.error;
  const { verdict } = published.audit;
  return thrown === null ? statusOfVerdict[verdict] : sayFailure(maskedError(thrown, secrecy.mask), verdict);
}

function sayFailure(thrown: unknown, verdict: Verdict): number {
  const exit = exitOf(thrown);
  core.setFailed(`${exit.message} [${exit.code}]`);
  if (exit.stack !== null) core.info(exit.stack);
  return verdict === "fail" ? statusOfVerdict.fail : exit.status;
}

/** Runs the audit. An unfinished one is published like any other, so that no old comment seems current. */
async function auditOrUnfinished({
  start,
  destinations,
  secrecy: { mask },
}: Setup): Promise<{ readonly result: Audit; readonly error: unknown }> {
  try {
    if ("error" in start) throw start.error;
    const environment = environmentOf(start, destinations, mask);
    return { result: await audit(start.inputs, start.event, environment), error: null };
  } catch (thrown) {
    const error = maskedError(thrown, mask);
    return { result: unfinishedAudit(exitOf(error)), error };
  }
}

function environmentOf(
  { inputs, event, run }: Start,
  { env, api }: Setup["destinations"],
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
    ...(api === null
      ? {}
      : {
          mergeBaseByApi: (base, head) => api.mergeBase(base, head),
          fetchFile: (reference) => api.fetchFile(reference),
        }),
  };
}
