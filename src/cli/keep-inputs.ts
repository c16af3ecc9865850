import type { BigIntStats } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { Failure } from "../failure.ts";

/**
 * Refuses an --output that is a file which the run is to read: it is emptied before anything else is done.
 * @throws Failure output-failed, so that no report is written there either
 */
export async function keepInputs(command: Command): Promise<void> {
  const { output } = command.opts<{ output?: string }>();
  if (output === undefined || !(await isAmong(output, namedFiles(command)))) return;
  throw new Failure(
    "output-failed",
    `--output ${output} is a file that is to be read: name another for the report.`,
  );
}

/** The same for a command line that could not be understood: any other word of it may name what was to be read. */
export function isNamedBesides(output: string, argv: readonly string[]): Promise<boolean> {
  const others = argv.filter(
    (word, index) => argv[index - 1] !== "--output" && !word.startsWith("--output="),
  );
  return isAmong(output, others.flatMap(pathsIn));
}

async function isAmong(output: string, paths: readonly string[]): Promise<boolean> {
  const place = await fileAt(output);
  if (place === null) return false;
  for (const path of paths) {
    const file = await fileAt(path);
    if (file?.dev === place.dev && file.ino === place.ino) return true;
  }
  return false;
}

/** Flags whose values are files, or images that may be. */
const flagsOfFiles = ["to", "compareWith", "file", "baseFile", "secretFile", "secretFiles"] as const;

function namedFiles(command: Command): readonly string[] {
  const flags: Readonly<Record<string, unknown>> = command.opts();
  const texts = [...command.args, ...flagsOfFiles.flatMap((flag) => flags[flag] ?? [])];
  const dockerfile = join(String(flags["context"] ?? "."), "Dockerfile");
  return [...texts.flatMap((text) => pathsIn(String(text))), dockerfile];
}

/** `docker-archive:FILE:NAME` and `id=FILE`, too: what lies between their marks, as far as there may be a file. */
function pathsIn(text: string): readonly string[] {
  const path = text.replace(/^(?:oci-dir|oci-archive|docker-archive):/, "").replace(/^[\w.-]+=/, "");
  const colons = [...path.matchAll(/:/g)].slice(0, 8).map(({ index }) => path.slice(0, index));
  return [text, path, ...colons];
}

async function fileAt(path: string): Promise<BigIntStats | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found?.isFile() ? found : null;
}
