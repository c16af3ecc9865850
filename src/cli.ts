#!/usr/bin/env node
// The command's entry.

// Only an ending sets another status: Node's own for what nobody catches is 1, which is a verdict.
process.exitCode = 3;

// Whoever writes to standard output hears of an error by the write. That standard error is full or closed can be said
// nowhere, and must not cost the report.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

import("./command/program.ts")
  .then(({ runProgram }) => runProgram(process.argv))
  .catch((error: unknown) => {
    process.stderr.write(`image-audit: ${error instanceof Error ? error.stack : error}\n`);
  });
