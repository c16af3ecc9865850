import { canInstall } from "../../tools/engine/apt.ts";
import { debianBase } from "../../tools/engine/bases.ts";
import { run, succeeds } from "../../tools/engine/run.ts";

/** The full base image of the demo's Dockerfiles. */
export interface DemoBase {
  readonly reference: string;
  /** false if it was built on this machine because no registry could be reached */
  readonly pulled: boolean;
}

/**
 * Provides Debian's slim image: from the engine, or pulled, or built from Debian's packages where possible.
 */
export async function demoBase(): Promise<DemoBase> {
  const reference = "debian:bookworm-slim";
  if (await succeeds("docker", ["image", "inspect", reference])) return { reference, pulled: true };
  const failure = await run("timeout", ["60", "docker", "pull", "--quiet", reference]).then(
    () => null,
    (error: Error) => error,
  );
  if (failure === null) return { reference, pulled: true };
  if (canInstall()) return { reference: await madeHere(), pulled: false };
  throw new Error(
    `${reference} cannot be pulled. Building an image like it needs root on Debian or Ubuntu.`,
    {
      cause: failure,
    },
  );
}

/** Tags the image with a name of our own, since it is not Debian's image. */
async function madeHere(): Promise<string> {
  const reference = "image-audit-demo/debian:minimal";
  await run("docker", ["tag", await debianBase({}), reference]);
  return reference;
}
