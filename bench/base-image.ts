import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasRegistry, startRegistry } from "../__tests__/helpers/registry.ts";
import { succeeds } from "../tools/engine/run.ts";
import { timed } from "./command.ts";
import { contentVersion, openContent } from "./content.ts";
import { archiveBytes, makeLayers } from "./image-archive.ts";
import { type ImageName, planImage } from "./image-plan.ts";

/** An engine on which the images are created. */
export interface Place {
  /** the complete environment of its client */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Loads the image, from one archive, into the engines that do not have it, and keeps it for the next run: the
 * tag is a hash of the content. Downloads nothing.
 */
export async function provideBase(
  name: ImageName,
  places: readonly Place[],
  { signal, say }: { signal: AbortSignal; say: (text: string) => void },
): Promise<string> {
  const plan = planImage(name);
  const reference = `image-audit-bench/${name}:${hashOf([contentVersion, plan])}`;
  const missing: Place[] = [];
  for (const place of places) {
    if (!(await succeeds("docker", ["image", "inspect", reference], { env: place.env }))) missing.push(place);
  }
  if (missing.length === 0) return reference;
  const directory = await mkdtemp(join(tmpdir(), "image-audit-bench-"));
  try {
    const begin = performance.now();
    const layers = await makeLayers(plan, openContent(), { directory, signal });
    const packed = layers.reduce((sum, { size }) => sum + size, 0);
    say(
      `Created the ${name} image, ${(packed / 1e6).toFixed(0)} MB compressed, in ${secondsSince(begin)} s.`,
    );
    for (const { env } of missing) {
      const { seconds } = await timed("docker", ["load"], {
        env,
        signal,
        input: archiveBytes(layers, reference),
      });
      say(`An engine loaded it in ${seconds.toFixed(1)} s.`);
      await passThroughRegistry(reference, env, signal);
    }
    return reference;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Pushes the image, so that the engine knows the registry's blobs for it, as for a pulled image. */
async function passThroughRegistry(
  reference: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  if (!(await hasRegistry())) throw new Error("The benchmark needs a registry. Install docker-registry.");
  await using registry = await startRegistry();
  const name = `${registry.address}/${reference}`;
  await timed("docker", ["image", "tag", reference, name], { env, signal });
  await timed("docker", ["image", "push", "--quiet", name], { env, signal });
  await timed("docker", ["image", "rm", name], { env, signal });
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);
}

function secondsSince(begin: number): string {
  return ((performance.now() - begin) / 1000).toFixed(1);
}
