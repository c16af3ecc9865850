#!/usr/bin/env node
// src/cli/index.ts
process.exitCode = 3;
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
const oldestNode = 24;
if (Number(process.versions.node.split(".")[0]) < oldestNode) {
	process.stderr.write(`image-audit: This is Node ${process.versions.node}, but image-audit needs Node ${oldestNode} or newer. Install it from https://nodejs.org, or put it first in PATH. [node-unsupported]\n`);
	process.exitCode = 2;
} else import("./program.js").then(({ runProgram }) => runProgram(process.argv)).catch((error) => {
	process.stderr.write(`image-audit: ${error instanceof Error ? error.stack : error}\n`);
});
export {};
