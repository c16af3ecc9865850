import { Readable } from "node:stream";
import { Failure } from "../failure.ts";
import { runDocker, startDocker } from "./command.ts";
import type { Engine } from "./engine.ts";
import { engineFailure, saysThrottled } from "./engine-failure.ts";
import { harmlessLine } from "./log.ts";
import { pullThrottled, retryThrottled } from "./retry.ts";

interface ExportOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A `docker save` under way. */
export interface SavedImages {
  /** the archive. Errors where docker fails, so that a part is never taken for the whole; destroying it ends docker */
  readonly bytes: Readable;
  /** resolves when all of it was read and docker ended well; rejects with the Failure */
  readonly done: Promise<void>;
}

/**
 * Streams images out of the engine as one archive, at the reader's pace.
 * Fails with image-not-found, engine-no-space (the engine unpacks to its disk first), engine-failed, or cancelled.
 */
export function saveImages(
  references: readonly string[],
  engine: Pick<Engine, "env">,
  options: ExportOptions = {},
): SavedImages {
  const child = startDocker(["image", "save", "--", ...references], {
    env: engine.env,
    signal: options.signal,
  });
  const ended = child.end.then(({ code, stderr }) => {
    if (code !== 0) throw imageFailure(stderr, references.join(", "), "docker save");
  });
  ended.catch(() => {});

  async function* archive() {
    try {
      yield* child.stdout;
      await ended;
    } finally {
      child.kill();
    }
  }
  return { bytes: Readable.from(archive(), { objectMode: false }), done: ended };
}

/**
 * Pulls an image into the engine, for one platform.
 * @param platform os/arch[/variant]; null = the engine's own
 * @throws Failure image-not-found, platform-missing, pull-throttled, engine-no-space, engine-failed, or cancelled
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

/** Whether the engine has an image of that name or ID. */
export async function imageExists(
  reference: string,
  engine: Pick<Engine, "env">,
  options: ExportOptions = {},
): Promise<boolean> {
  const args = ["image", "inspect", "--format", "{{.Id}}", "--", reference];
  const { code, stderr } = await runDocker(args, { env: engine.env, signal: options.signal });
  if (code === 0) return true;
  if (saysNoImage(stderr)) return false;
  throw engineFailure(stderr, "docker image inspect");
}

/** What docker says where an image is not to be had. @param stderr what it wrote @param doing as in `engineFailure` */
export function imageFailure(stderr: string, reference: string, doing: string): Failure {
  const image = harmlessLine(reference);
  if (/no matching manifest for|does not provide the specified platform/i.test(stderr)) {
    return new Failure(
      "platform-missing",
      `${doing} failed: ${image} has no variant for the platform. Set the input \`platform\` to one that it has.`,
    );
  }
  if (saysNoImage(stderr)) {
    return new Failure(
      "image-not-found",
      `${doing} failed: there is no image ${image}, or no right to it. Check its name, and log in to its registry before this step.`,
    );
  }
  return engineFailure(stderr, doing);
}

function saysNoImage(stderr: string): boolean {
  return /no such image|invalid reference format|reference does not exist|manifest unknown|manifest for .* not found|pull access denied|: not found|repository .* not found|name unknown/i.test(
    stderr,
  );
}
