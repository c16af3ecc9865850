import type { BigIntStats } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { Failure } from "../failure.ts";

/**
 * Refuses an --output that names a file which the run reads, because the output file is emptied first.
 * @throws Failure output-failed, so that no report is written there either
 */
export async function keepInputs(command: Command): Promise<void> {
  const { output } = command.opts<{ output?: string }>();
  if (output === undefined || !(await isAmong(output, namedFiles(command)))) return;
  throw new Failure(
    "output-failed",
    `--output ${output} is a file that this run reads. Name another file for the report.`,
  );
}

/**
 * Does the same for a command line that could not be parsed: any of its other words may name a file to read.
 */
export function isNamedBesides(output: string, argv: readonly string[]): Promise<boolean> {
  const others = argv.filter(
    (word, index) => argv[index - 1] !== "--output" && !word.startsWith("--output="),
  );
  return isAmong(output, others.flatMap(pathsIn));
}

async function isAmong(output: string, paths: readonly string[]): Promise<boolean> {
  const target = await fileAt(output);
  if (target === null) return false;
  for (const path of paths) {
    const file = await fileAt(path);
    if (file?.dev === target.dev && file.ino === target.ino) return true;
  }
  return false;
}

/** Flags that take a file, or an image that may be a file. */
const flagsOfFiles = ["to", "compareWith", "file", "baseFile", "secretFile", "secretFiles"] as const;

function namedFiles(command: Command): readonly string[] {
  const flags: Readonly<Record<string, unknown>> = command.opts();
  const texts = [...command.args, ...flagsOfFiles.flatMap((flag) => flags[flag] ?? [])];
  const dockerfile = join(String(flags["context"] ?? "."), "Dockerfile");
  return [...texts.flatMap((text) => pathsIn(String(text))), dockerfile];
}

/** Returns the paths that a word may name, also in `docker-archive:FILE:NAME` and in `id=FILE`. */
function pathsIn(text: string): readonly string[] {
  const path = text.replace(/^(?:oci-dir|oci-archive|docker-archive):/, "").replace(/^[\w.-]+=/, "");
  const colons = [...path.matchAll(/:/g)].slice(0, 8).map(({ index }) => path.slice(0, index));
  return [text, path, ...colons];
}

async function fileAt(path: string): Promise<BigIntStats | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found?.isFile() ? found : null;
}
