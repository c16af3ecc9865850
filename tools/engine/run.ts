import { execFile } from "node:child_process";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a command without a shell and returns its standard output.
 * @throws Error with the command and the end of its output, if it cannot be started or exits with non-zero
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { ...options, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const output = `${stdout}\n${stderr}`.trim().split("\n").slice(-20).join("\n");
      reject(new Error(`${[command, ...args].join(" ")} failed (${error.code}).\n${output}`));
    });
  });
}

/** Reports whether the command can be started and exits with 0. */
export function succeeds(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<boolean> {
  return run(command, args, options).then(
    () => true,
    () => false,
  );
}
