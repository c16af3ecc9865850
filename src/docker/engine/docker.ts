import { Failure, throwIfCancelled } from "../../failure.ts";
import { type Child, startChild } from "../../process/child.ts";

export interface DockerOptions {
  /** made by `dockerEnvironment` */
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  readonly cwd?: string;
}

/** Starts docker. If docker is not installed or the run is cancelled, `end` rejects with a `Failure`. */
export function startDocker(args: readonly string[], options: DockerOptions): Child {
  const child = startChild("docker", args, options);
  const end = child.end.then(
    (result) => {
      throwIfCancelled(options.signal);
      return result;
    },
    (cause: unknown) => {
      throw new Failure(
        "engine-missing",
        "docker is not installed, or not on the PATH. Install Docker Engine and its buildx plugin.",
        { cause },
      );
    },
  );
  end.catch(() => {});
  return { ...child, end };
}

/** Runs docker and waits for it to exit. `stdout` holds at most the first 16 MiB. */
export async function runDocker(
  args: readonly string[],
  options: DockerOptions,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = startDocker(args, options);
  const chunks: Buffer[] = [];
  let size = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxStdoutBytes) chunks.push(chunk);
  });
  const { code, stderr } = await child.end;
  return { code, stdout: Buffer.concat(chunks).toString("utf8"), stderr };
}

const maxStdoutBytes = 16 * 1024 * 1024;
