import { rm } from "node:fs/promises";
import * as core from "@actions/core";
import { dockerEnvironment } from "../docker/engine/environment.ts";
import { isRunId, removeTagsOf, sweepLeftovers } from "../docker/engine/tags.ts";
import { searchAbsolutePaths } from "../process/search-path.ts";

// The action's post entry: removes what a cancelled or killed run could not, and what earlier runs left on a
// reused machine. Never fails a job.
searchAbsolutePaths(process.env);
try {
  const engine = { env: dockerEnvironment(process.env) };
  const run = core.getState("run");
  if (isRunId(run)) await removeTagsOf(run, engine);
  const temporary = core.getState("temporary");
  if (temporary !== "") await rm(temporary, { recursive: true, force: true, maxRetries: 2 });
  await sweepLeftovers(engine);
} catch (error) {
  core.info(`The cleanup is incomplete: ${error instanceof Error ? error.message : error}`);
}
