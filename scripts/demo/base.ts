import { canInstall } from "../../tools/engine/apt.ts";
import { busyboxBase, debianBase } from "../../tools/engine/bases.ts";
import { run, succeeds } from "../../tools/engine/run.ts";

/** A base image of the demo's Dockerfiles. */
export interface DemoBase {
  readonly reference: string;
  /** false if it was built on this machine because no registry could be reached */
  readonly pulled: boolean;
}

/**
 * Provides Debian's slim image: from the engine, or pulled, or built from Debian's packages where possible.
 */
export function demoBase(): Promise<DemoBase> {
  return provided("debian:bookworm-slim", "image-audit-demo/debian:minimal", debianBase);
}

/** Provides Alpine, or where it cannot be pulled BusyBox alone, which has no glibc either. */
export function smallBase(): Promise<DemoBase> {
  return provided("alpine:3.22", "image-audit-demo/busybox:minimal", busyboxBase);
}

/** @param tag a name of our own for what is built here, since it is not the image that was asked for */
async function provided(
  reference: string,
  tag: string,
  build: (variables: NodeJS.ProcessEnv) => Promise<string>,
): Promise<DemoBase> {
  if (await succeeds("docker", ["image", "inspect", reference])) return { reference, pulled: true };
  const failure = await run("timeout", ["60", "docker", "pull", "--quiet", reference]).then(
    () => null,
    (error: Error) => error,
  );
  if (failure === null) return { reference, pulled: true };
  if (canInstall()) {
    await run("docker", ["tag", await build({}), tag]);
    return { reference: tag, pulled: false };
  }
  throw new Error(
    `${reference} cannot be pulled. Building an image like it needs root on Debian or Ubuntu.`,
    {
      cause: failure,
    },
  );
}
