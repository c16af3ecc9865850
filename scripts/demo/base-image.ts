import { isDebian } from "../../tools/engine/apt.ts";
import type { Engine } from "../../tools/engine/engine.ts";
import { run } from "../../tools/engine/run.ts";
import { makeStandIn } from "../../tools/engine/stand-ins/stand-in.ts";

/** A base image of an example's Dockerfiles. */
export interface BaseImage {
  /** as the Dockerfiles name it */
  readonly reference: string;
  /** Makes what takes its place where it cannot be pulled, and returns that one's reference. */
  readonly standIn: (engine: TargetEngine) => Promise<string>;
}

/** Returns base images that have stand-ins. */
export function standIns(...references: readonly string[]): readonly BaseImage[] {
  return references.map((reference) => ({ reference, standIn: (engine) => makeStandIn(reference, engine) }));
}

/** Says whose engine this is: a stand-in never gets a tag that a user could own. */
export type TargetEngine = Pick<Engine, "isPrivate" | "variables">;

/** What a base image is on the engine. */
export interface ProvidedImage {
  readonly reference: string;
  readonly isStandIn: boolean;
}

/**
 * Provides a base image: from the engine, or pulled, or a stand-in that is built on this machine.
 * @throws Error if it can neither be pulled nor built
 */
export async function provide(image: BaseImage, engine: TargetEngine): Promise<ProvidedImage> {
  const { reference } = image;
  if ((await isThere(reference, engine)) || (await isPulled(reference, engine)))
    return { reference, isStandIn: false };
  if (!(await isDebian()))
    throw new Error(`${reference} cannot be pulled. An image like it can be made on Debian only, as root.`);
  return { reference: await image.standIn(engine), isStandIn: true };
}

/** Reports whether the engine has the real image. Tests may have left a stand-in under its name. */
async function isThere(reference: string, engine: TargetEngine): Promise<boolean> {
  const id = await idOf(reference, engine);
  return id !== null && id !== (await idOf(`image-audit-test/${reference}`, engine));
}

function idOf(reference: string, engine: TargetEngine): Promise<string | null> {
  return docker(engine, "docker", "image", "inspect", "--format", "{{.Id}}", reference);
}

/** An engine that reaches no registry gives up by itself, but a large image takes minutes. */
async function isPulled(reference: string, engine: TargetEngine): Promise<boolean> {
  return (await docker(engine, "timeout", "600", "docker", "pull", "--quiet", reference)) !== null;
}

/** @returns null if it fails */
function docker({ variables }: TargetEngine, program: string, ...args: readonly string[]) {
  return run(program, args, { env: { ...process.env, ...variables } }).catch(() => null);
}
