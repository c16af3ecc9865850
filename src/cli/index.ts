#!/usr/bin/env node
// The command's entry point. Any Node with ES modules can parse this file, so that a Node too old for the
// rest prints which version is needed instead of a SyntaxError.

// The status if the run does not end in an orderly way. Node's own status for an uncaught error is 1, which
// is a verdict.
process.exitCode = 3;

// A write to standard output reports its own errors. An error of standard error has nowhere to be reported,
// and must not prevent the report.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const oldestNode = 24;
if (Number(process.versions.node.split(".")[0]) < oldestNode) {
  process.stderr.write(
    `image-audit: This is Node ${process.versions.node}, but image-audit needs Node ${oldestNode} or newer. Install it from https://nodejs.org, or put it first in PATH. [node-unsupported]\n`,
  );
  process.exitCode = 2;
} else {
  import("./program.ts")
    .then(({ runProgram }) => runProgram(process.argv))
    .catch((error: unknown) => {
      process.stderr.write(`image-audit: ${error instanceof Error ? error.stack : error}\n`);
    });
}
