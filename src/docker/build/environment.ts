import type { BuildDefinition } from "./definition.ts";

/** The variables beyond the allow-list that a build of this definition needs: its secrets, and the gha cache's access. */
export function namesForBuild(definition: BuildDefinition): readonly string[] {
  const caches = [...definition.cacheFrom, ...definition.cacheTo];
  const usesGhaCache = caches.some((cache) => cache.split(",").includes("type=gha"));
  return [...definition.secretEnvs.values(), ...(usesGhaCache ? ghaCacheNames : [])];
}

/** What buildx itself reads for `type=gha` (https://docs.docker.com/build/cache/backends/gha/). */
const ghaCacheNames = [
  "ACTIONS_CACHE_SERVICE_V2",
  "ACTIONS_CACHE_URL",
  "ACTIONS_RESULTS_URL",
  "ACTIONS_RUNTIME_TOKEN",
];
