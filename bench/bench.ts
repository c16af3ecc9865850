import { writeFile } from "node:fs/promises";
import { copyAuditCommand } from "./audit-command.ts";
import { findDive } from "./dive.ts";
import { documentOf } from "./document.ts";
import { openEngines } from "./engines.ts";
import { estimateMinutes } from "./estimate.ts";
import { isWhole, parseFlags, usage } from "./flags.ts";
import { describeMachine } from "./machine.ts";
import { tablesOf } from "./result-tables.ts";
import { measureAll } from "./rounds.ts";

// `npm run bench` compares the cost of an audit with that of moving the images, and with a similar tool. It
// builds everything that it measures on this machine. It writes docs/benchmarks.md if it measured all of it.

const path = "docs/benchmarks.md";
const installDive = "go install github.com/wagoodman/dive@v0.13.1";
const cancel = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (cancel.signal.aborted) process.exit(130);
    say("\nCancelled: cleaning up. Press Ctrl-C again to exit at once.");
    cancel.abort();
  });
}

try {
  if (process.argv.includes("--help")) console.log(usage);
  else await bench();
} catch (error) {
  if (!cancel.signal.aborted) throw error;
  process.exitCode = 130;
}

async function bench(): Promise<void> {
  if (process.platform !== "linux")
    throw new Error("The benchmark needs Linux: on other systems, engines run in a VM.");
  const date = new Date();
  const flags = parseFlags(process.argv.slice(2));
  const dive = await findDive();
  if (dive === null)
    say(`dive is not installed, so that nothing is compared with it. To install it: ${installDive}`);
  await using audit = await copyAuditCommand();
  await using engines = await openEngines(flags.stores, say);
  const { places } = engines;
  const machine = await describeMachine(places, dive);
  say(`This will take about ${estimateMinutes(flags, [...places.keys()], dive !== null)} min.`);
  const samples = await measureAll({ flags, places, audit, dive, signal: cancel.signal, say });
  const results = { samples, machine, flags, date };
  console.log(`\n${tablesOf(samples)}\n`);
  if (flags.write || (isWhole(flags) && places.size === flags.stores.length)) {
    await writeFile(path, documentOf(results));
    say(`Wrote ${path} after ${Math.round((Date.now() - date.getTime()) / 60_000)} min.`);
  } else say(`Only a part was measured, so that ${path} is unchanged. Pass --write to write it anyway.`);
}

/** Progress goes to standard error, results to standard output. */
function say(text: string): void {
  console.error(text);
}
