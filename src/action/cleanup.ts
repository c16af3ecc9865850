import { rm } from "node:fs/promises";
import * as core from "@actions/core";
import { dockerEnvironment } from "../docker/engine/environment.ts";
import { isRunId, removeTagsOf, sweepLeftovers } from "../docker/engine/tags.ts";
import { searchAbsolutePaths } from "../process/search-path.ts";

// The action's post entry: removes what a run that was cancelled or killed could not, and what runs before it left on
// a machine that is kept. Never fails a job.
searchAbsolutePaths(process.env);
try {
  const engine = { env: dockerEnvironment(process.env) };
  const run = core.getState("run");
  if (isRunId(run)) await removeTagsOf(run, engine);
  const temporary = core.getState("temporary");
  if (temporary !== "") await rm(temporary, { recursive: true, force: true, maxRetries: 2 });
  await sweepLeftovers(engine);
} catch (error) {
  core.info(`Something could not be tidied up: ${error instanceof Error ? error.message : error}`);
}
