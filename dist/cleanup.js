import { a as getState, o as info } from "./toolkit.js";
import { Ft as isRunId, Lt as removeTagsOf, Rt as sweepLeftovers, fn as dockerEnvironment, rt as searchAbsolutePaths } from "./shared.js";
import { rm } from "node:fs/promises";
// src/action/cleanup.ts
searchAbsolutePaths(process.env);
try {
	const engine = { env: dockerEnvironment(process.env) };
	const run = getState("run");
	if (isRunId(run)) await removeTagsOf(run, engine);
	const temporary = getState("temporary");
	if (temporary !== "") await rm(temporary, {
		recursive: true,
		force: true,
		maxRetries: 2
	});
	await sweepLeftovers(engine);
} catch (error) {
	info(`The cleanup is incomplete: ${error instanceof Error ? error.message : error}`);
}
export {};
