import { posix } from "node:path";

/**
 * How to build an image, the same for both sides. Names and meanings are those of docker/build-push-action.
 * Paths are as the user wrote them, relative to the workspace. Each side resolves them against its own
 * directory.
 */
export interface BuildDefinition {
  /** directory, relative to the workspace; default "." */
  readonly context: string;
  /** Dockerfile, relative to the workspace; null = `Dockerfile` in the context */
  readonly file: string | null;
  readonly target: string | null;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly buildContexts: ReadonlyMap<string, string>;
  /** os/arch[/variant]; null = the engine's own */
  readonly platform: string | null;
  readonly builder: string | null;
  /** id → value; never on a command line */
  readonly secrets: ReadonlyMap<string, string>;
  /** id → name of an environment variable */
  readonly secretEnvs: ReadonlyMap<string, string>;
  /** id → path of a file */
  readonly secretFiles: ReadonlyMap<string, string>;
  readonly ssh: readonly string[];
  readonly cacheFrom: readonly string[];
  /** used for the head only: two writers of one cache would conflict */
  readonly cacheTo: readonly string[];
  readonly network: string | null;
  readonly pull: boolean;
  readonly noCache: boolean;
  readonly addHosts: readonly string[];
  readonly allow: readonly string[];
  readonly shmSize: string | null;
  readonly ulimit: readonly string[];
  readonly labels: readonly string[];
}

/** Returns the path of a definition's Dockerfile, relative to the workspace. */
export function dockerfileOf({ file, context }: Pick<BuildDefinition, "file" | "context">): string {
  return file ?? posix.join(context, "Dockerfile");
}
