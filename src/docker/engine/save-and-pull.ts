import { Failure, throwIfCancelled } from "../../failure.ts";
import { harmlessLine } from "../../process/harmless-line.ts";
import { runDocker, startDocker } from "./docker.ts";
import type { Engine } from "./engine.ts";
import { engineFailure, saysThrottled } from "./failure.ts";
import { pullThrottled, retryThrottled } from "./retry.ts";
import { streamFromEngine } from "./stream.ts";

interface ExportOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Streams images of the engine as one archive, at the reader's pace. Reads from the engine's socket if there
 * is one, since the docker CLI would only copy from it; otherwise from the CLI. A chunk is valid only until
 * the next one is requested. If the engine breaks off, the archive lacks its end marker. Returning from the
 * generator early ends the save.
 * @throws Failure image-not-found, engine-no-space (a graph driver unpacks to its disk first), engine-failed,
 * cancelled
 */
export async function* saveImages(
  references: readonly string[],
  engine: Pick<Engine, "env" | "socket">,
  { signal }: ExportOptions = {},
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* (await archiveFromSocket(references, engine.socket, signal)) ??
      archiveFromCli(references, engine, signal);
  } catch (error) {
    throwIfCancelled(signal);
    if (error instanceof Failure) throw error;
    const message = "The engine broke off while saving the image. Run again.";
    throw new Failure("engine-failed", message, { cause: error });
  }
}

async function archiveFromSocket(
  references: readonly string[],
  socket: string | null,
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<Uint8Array> | null> {
  if (socket === null) return null;
  const names = references.map((reference): [string, string] => ["names", reference]);
  return streamFromEngine(socket, `/images/get?${new URLSearchParams(names)}`, signal);
}

async function* archiveFromCli(
  references: readonly string[],
  { env }: Pick<Engine, "env">,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
  const child = startDocker(["image", "save", "--", ...references], { env, signal });
  try {
    yield* child.stdout;
    const { code, stderr } = await child.end;
    if (code !== 0) throw imageFailure(stderr, references.join(", "), "docker save");
  } finally {
    child.kill();
  }
}

/**
 * Pulls an image into the engine, for one platform.
 * @param platform os/arch[/variant]; null = the engine's own
 * @throws Failure image-not-found, platform-missing, pull-throttled, engine-no-space, engine-failed, or
 * cancelled
 */
export async function pullImage(
  reference: string,
  platform: string | null,
  engine: Pick<Engine, "env">,
  options: ExportOptions & { readonly firstWait?: number } = {},
): Promise<void> {
  const args = [
    "image",
    "pull",
    "--quiet",
    ...(platform === null ? [] : ["--platform", platform]),
    "--",
    reference,
  ];
  const pull = async () => {
    const { code, stderr } = await runDocker(args, { env: engine.env, signal: options.signal });
    if (code === 0) return;
    const doing = `The pull of ${harmlessLine(reference)}`;
    if (saysThrottled(stderr)) throw pullThrottled(doing);
    throw imageFailure(stderr, reference, doing);
  };
  await retryThrottled(pull, options.signal, options.firstWait);
}

/**
 * Turns docker's error output about an image that it cannot provide into a Failure.
 * @param stderr what docker wrote
 * @param doing as in `engineFailure`
 */
export function imageFailure(stderr: string, reference: string, doing: string): Failure {
  const image = harmlessLine(reference);
  if (/no matching manifest for|does not provide the specified platform/i.test(stderr)) {
    return new Failure(
      "platform-missing",
      `${doing} failed: ${image} has no variant for the platform. Set the input \`platforms\` to one that the image has.`,
    );
  }
  if (saysNoImage(stderr)) {
    return new Failure(
      "image-not-found",
      `${doing} failed: the image ${image} does not exist, or access to it is denied. Check its name, and log in to its registry before this step.`,
    );
  }
  return engineFailure(stderr, doing);
}

/**
 * Reports whether an error means that the image does not exist.
 * @param stderr from docker or from the engine's API
 */
export function saysNoImage(stderr: string): boolean {
  return /no such image|invalid reference format|reference does not exist|manifest unknown|manifest for .* not found|pull access denied|: not found|repository .* not found|name unknown/i.test(
    stderr,
  );
}
