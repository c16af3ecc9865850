#!/usr/bin/env node
// The command's entry. Every Node that has ES modules can parse it, so that one too old for the rest is told which it
// needs, instead of ending in a SyntaxError.

// Only an ending sets another status: Node's own for what nobody catches is 1, which is a verdict.
process.exitCode = 3;

// Whoever writes to standard output hears of an error by the write. That standard error is full or closed can be said
// nowhere, and must not cost the report.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const oldestNode = 24;
if (Number(process.versions.node.split(".")[0]) < oldestNode) {
  process.stderr.write(
    `image-audit: This is Node ${process.versions.node}, and image-audit needs Node ${oldestNode} or newer: install it from https://nodejs.org, or put it first on the PATH. [node-unsupported]\n`,
  );
  process.exitCode = 2;
} else {
  import("./program.ts")
    .then(({ runProgram }) => runProgram(process.argv))
    .catch((error: unknown) => {
      process.stderr.write(`image-audit: ${error instanceof Error ? error.stack : error}\n`);
    });
}
