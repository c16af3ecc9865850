import { spawn } from "node:child_process";
import { resolve } from "node:path";

export interface CliOptions {
  readonly cwd?: string;
  /** the complete environment */
  readonly env?: NodeJS.ProcessEnv;
  /** a command that runs the program, such as setpriv with its flags */
  readonly prefix?: readonly string[];
}

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a user would, with output that is not a terminal. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const [command = "", ...words] = [
    ...(options.prefix ?? []),
    process.execPath,
    resolve("dist/cli.js"),
    ...args,
  ];
  const child = spawn(command, words, {
    cwd: options.cwd ?? process.cwd(),
    env: options.env ?? { PATH: process.env["PATH"], HOME: process.env["HOME"] },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (status) => done({ status, ...output }));
  });
}
