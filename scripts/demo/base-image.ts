import { canInstall } from "../../tools/engine/apt.ts";
import { run, succeeds } from "../../tools/engine/run.ts";

/** A base image of an example's Dockerfiles. */
export interface BaseImage {
  readonly reference: string;
  /** the build argument that names it in the Dockerfiles */
  readonly argument: string;
  /** takes its place where it cannot be pulled */
  readonly standIn: {
    /** a name of our own, since it is not the image that was asked for */
    readonly tag: string;
    /** builds it from Debian's packages and returns its tag */
    readonly build: (variables: NodeJS.ProcessEnv) => Promise<string>;
  };
}

/**
 * Provides a base image: from the engine, or pulled, or a stand-in that is built on this machine.
 * @returns its reference on the engine
 * @throws Error if it can neither be pulled nor built
 */
export async function provide({ reference, standIn }: BaseImage): Promise<string> {
  if (await succeeds("docker", ["image", "inspect", reference])) return reference;
  const failure = await run("timeout", ["60", "docker", "pull", "--quiet", reference]).then(
    () => null,
    (error: Error) => error,
  );
  if (failure === null) return reference;
  if (canInstall()) {
    await run("docker", ["tag", await standIn.build({}), standIn.tag]);
    return standIn.tag;
  }
  throw new Error(
    `${reference} cannot be pulled. Building an image like it needs root on Debian or Ubuntu.`,
    { cause: failure },
  );
}
