import { Failure, throwIfCancelled } from "../../failure.ts";
import { type Child, startChild } from "../../process/child.ts";

export interface DockerOptions {
  /** made by `dockerEnvironment` */
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  readonly cwd?: string;
}

/** Starts docker; that it is not installed, or that the run was cancelled, is a `Failure` of `end`. */
export function startDocker(args: readonly string[], options: DockerOptions): Child {
  const child = startChild("docker", args, options);
  const end = child.end.then(
    (ended) => {
      throwIfCancelled(options.signal);
      return ended;
    },
    (cause: unknown) => {
      throw new Failure(
        "engine-missing",
        "docker is not installed, or not on the PATH. Install Docker Engine with its buildx plugin.",
        { cause },
      );
    },
  );
  end.catch(() => {});
  return { ...child, end };
}

/** Runs docker to its end. `stdout` holds at most 16 MiB. */
export async function runDocker(
  args: readonly string[],
  options: DockerOptions,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = startDocker(args, options);
  const chunks: Buffer[] = [];
  let kept = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    kept += chunk.length;
    if (kept <= mostKept) chunks.push(chunk);
  });
  const { code, stderr } = await child.end;
  return { code, stdout: Buffer.concat(chunks).toString("utf8"), stderr };
}

const mostKept = 16 * 1024 * 1024;
