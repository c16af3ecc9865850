import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../tools/engine/apt.ts";

export interface Dive {
  readonly program: string;
  /** such as v0.13.1, or null if its binary does not record it */
  readonly version: string | null;
}

/** Finds dive on the PATH or where `go install` puts it. Returns null if it is not installed. */
export async function findDive(): Promise<Dive | null> {
  const { GOBIN, GOPATH } = process.env;
  const installed = [GOBIN, join(GOPATH ?? join(homedir(), "go"), "bin")]
    .filter((directory) => directory !== undefined)
    .map((directory) => join(directory, "dive"))
    .find((path) => existsSync(path));
  const program = findProgram("dive") ?? installed;
  return program === undefined ? null : { program, version: versionIn(await readFile(program, "latin1")) };
}

/** Reads the version that Go records in each binary: `dive --version` has none if `go install` built it. */
export function versionIn(binary: string): string | null {
  return /mod\tgithub\.com\/wagoodman\/dive\t(v[\w.+-]+)/.exec(binary)?.[1] ?? null;
}
