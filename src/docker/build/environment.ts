import type { BuildDefinition } from "./definition.ts";

/**
 * Returns the variables that a build needs beyond the allow-list: its secrets, and access to the gha cache.
 */
export function namesForBuild(definition: BuildDefinition): readonly string[] {
  const caches = [...definition.cacheFrom, ...definition.cacheTo];
  const usesGhaCache = caches.some((cache) => cache.split(",").includes("type=gha"));
  return [...definition.secretEnvs.values(), ...(usesGhaCache ? ghaCacheNames : [])];
}

/** Variables that buildx itself reads for `type=gha` (https://docs.docker.com/build/cache/backends/gha/). */
const ghaCacheNames = [
  "ACTIONS_CACHE_SERVICE_V2",
  "ACTIONS_CACHE_URL",
  "ACTIONS_RESULTS_URL",
  "ACTIONS_RUNTIME_TOKEN",
];
