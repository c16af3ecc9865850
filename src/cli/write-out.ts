import { fstatSync, writeSync } from "node:fs";
import { stat, truncate, writeFile } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { fileFailure } from "../process/system-error.ts";
import type { OutputFlags } from "./output.ts";

type Destination = Pick<OutputFlags, "output">;
type Pieces = Iterable<string> | AsyncIterable<string>;

/**
 * Writes a report in pieces, with back-pressure, to standard output or to the file of --output. A reader that
 * leaves early (| head) is not an error.
 * @throws Failure output-failed
 */
export async function writeOut(pieces: Pieces, { output }: Destination): Promise<void> {
  if (output === undefined) return writeToStandardOutput(pieces);
  try {
    await writeFile(output, pieces);
  } catch (cause) {
    // Nobody must take half a report for a whole one.
    await truncate(output).catch(() => {});
    throw cannotWrite(`--output ${output}`, cause);
  }
}

/**
 * Empties the file of --output before anything else happens. An earlier run's report then never passes for
 * this run's, even if this run is killed, and a file that cannot be written is reported before a build.
 * @throws Failure output-failed
 */
export async function emptyOutput({ output }: Destination): Promise<void> {
  if (output === undefined) return;
  const found = await stat(output).catch(() => null);
  // A pipe or a device keeps nothing. Closing a pipe would end the report for its reader.
  if (found !== null && !found.isFile() && !found.isDirectory()) return;
  try {
    await writeFile(output, "");
  } catch (cause) {
    const failure = cannotWrite(`--output ${output}`, cause);
    if (!found?.isFile() || !(failure instanceof Failure)) throw failure;
    const message = `${failure.message} The existing file is not this run's report.`;
    throw new Failure(failure.code, message, { cause });
  }
}

function cannotWrite(target: string, cause: unknown): unknown {
  // When writing, ENOENT means that the directory is missing.
  if ((cause as NodeJS.ErrnoException).code === "ENOENT")
    return new Failure("output-failed", `${target} is in a directory that does not exist. Create it first.`, {
      cause,
    });
  return fileFailure(cause, target, "output-failed");
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

/** Writes all of a piece. Node's stream takes a short write, such as to a full disk, for a complete one. */
function writeToFile(piece: string): void {
  let rest = Buffer.from(piece);
  while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
}

/** Reports whether the reader has gone. A socket is reset if its reader left data unread. */
function hasLeft({ code }: NodeJS.ErrnoException): boolean {
  return code === "EPIPE" || code === "ECONNRESET";
}
