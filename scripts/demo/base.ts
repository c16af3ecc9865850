import { canInstall } from "../../tools/engine/apt.ts";
import { debianBase } from "../../tools/engine/bases.ts";
import { run, succeeds } from "../../tools/engine/run.ts";

/** The full base image that the demo's Dockerfiles start from. */
export interface DemoBase {
  readonly reference: string;
  /** false: made on this machine, since no registry could be reached */
  readonly pulled: boolean;
}

/** Debian's slim image: the engine's own, else pulled, else made of Debian's packages where that is possible. */
export async function demoBase(): Promise<DemoBase> {
  const reference = "debian:bookworm-slim";
  if (await succeeds("docker", ["image", "inspect", reference])) return { reference, pulled: true };
  const why = await run("timeout", ["60", "docker", "pull", "--quiet", reference]).then(
    () => null,
    (error: Error) => error,
  );
  if (why === null) return { reference, pulled: true };
  if (canInstall()) return { reference: await madeHere(), pulled: false };
  throw new Error(`${reference} cannot be pulled, and only Debian or Ubuntu can make one like it, as root.`, {
    cause: why,
  });
}

/** Not under Debian's own name, which it does not have. */
async function madeHere(): Promise<string> {
  const reference = "image-audit-demo/debian:minimal";
  await run("docker", ["tag", await debianBase({}), reference]);
  return reference;
}
