import { fstatSync, writeSync } from "node:fs";
import { stat, truncate, writeFile } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { fileFailure } from "../process/system-error.ts";
import type { OutputFlags } from "./output.ts";

type Place = Pick<OutputFlags, "output">;
type Pieces = Iterable<string> | AsyncIterable<string>;

/**
 * Writes a report in pieces, with back-pressure, to standard output or to the file of --output. A reader that leaves early
 * (| head) is no error.
 * @throws Failure output-failed
 */
export async function writeOut(pieces: Pieces, { output }: Place): Promise<void> {
  if (output === undefined) return writeToStandardOutput(pieces);
  try {
    await writeFile(output, pieces);
  } catch (cause) {
    // Half a report must not pass for one.
    await truncate(output).catch(() => {});
    throw cannotWrite(`--output ${output}`, cause);
  }
}

/**
 * Empties the file of --output before anything else is done, so that what an earlier run left there never passes for this
 * run's report, even where this run is killed; and so that a place that cannot be written is told of before a build.
 * @throws Failure output-failed
 */
export async function emptyOutput({ output }: Place): Promise<void> {
  if (output === undefined) return;
  const found = await stat(output).catch(() => null);
  // A pipe or a device keeps nothing, and the reader of a pipe would take its end for that of the report.
  if (found !== null && !found.isFile() && !found.isDirectory()) return;
  try {
    await writeFile(output, "");
  } catch (cause) {
    const failure = cannotWrite(`--output ${output}`, cause);
    if (!found?.isFile() || !(failure instanceof Failure)) throw failure;
    const message = `${failure.message} The file that is there is not this run's report.`;
    throw new Failure(failure.code, message, { cause });
  }
}

function cannotWrite(place: string, cause: unknown): unknown {
  // To read, a file is missing; to write, its directory is.
  if ((cause as NodeJS.ErrnoException).code === "ENOENT")
    return new Failure("output-failed", `${place} is in a directory that does not exist: make it first.`, {
      cause,
    });
  return fileFailure(cause, place, "output-failed");
}

async function writeToStandardOutput(pieces: Pieces): Promise<void> {
  try {
    const write = fstatSync(1).isFile() ? writeToFile : writeToStream;
    for await (const piece of pieces) await write(piece);
  } catch (cause) {
    if (!hasLeft(cause as NodeJS.ErrnoException)) throw cannotWrite("Standard output", cause);
  }
}

function writeToStream(piece: string): Promise<void> {
  return new Promise((written, failed) => {
    process.stdout.write(piece, (error) => (error ? failed(error) : written()));
  });
}

/** Node's stream takes a write that came short, as where a disk becomes full, for a whole one. */
function writeToFile(piece: string): void {
  let rest = Buffer.from(piece);
  while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
}

/** Whether the reader is gone. A socket whose reader left something unread says so by a reset. */
function hasLeft({ code }: NodeJS.ErrnoException): boolean {
  return code === "EPIPE" || code === "ECONNRESET";
}
