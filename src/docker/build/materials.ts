import { createHash } from "node:crypto";
import { throwIfCancelled } from "../../failure.ts";
import { isDigest } from "../../oci/digest.ts";
import { findEngineImage } from "../engine/image.ts";
import type { Builder } from "./builder.ts";
import type { Material } from "./metadata.ts";

/**
 * Corrects the digests of base images that a graphdriver engine had before the build. For these, its BuildKit
 * records the chain ID of their layers, which no registry knows (moby
 * builder-next/adapters/containerimage/pull.go, cacheKeyFromConfig). Replaces it with the registry's digest
 * if the engine has recorded one; otherwise omits the material.
 */
export async function withRegistryDigests(
  materials: readonly Material[],
  engine: Builder,
  signal: AbortSignal | undefined,
): Promise<readonly Material[]> {
  if (engine.driver !== "docker" || engine.store !== "graphdriver") return materials;
  const found = await Promise.all(materials.map((material) => withRegistryDigest(material, engine, signal)));
  return found.filter((material) => material !== null);
}

async function withRegistryDigest(material: Material, engine: Builder, signal: AbortSignal | undefined) {
  const image = await findEngineImage(material.reference, engine, { signal }).catch(() => null);
  throwIfCancelled(signal);
  if (image === null || chainId(image.diffIds) !== material.digest) return material;
  const digests = new Set(image.digests);
  const [digest, ...others] = digests;
  // If there are several, we cannot know which one the reference meant.
  return isDigest(digest) && others.length === 0 ? { ...material, digest } : null;
}

/** image-spec config.md, "Layer ChainID" */
function chainId(diffIds: readonly string[]): string | undefined {
  const [lowest, ...above] = diffIds;
  return above.reduce<string | undefined>(
    (below, diffId) => `sha256:${createHash("sha256").update(`${below} ${diffId}`).digest("hex")}`,
    lowest,
  );
}
