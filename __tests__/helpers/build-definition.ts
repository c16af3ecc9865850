import type { CacheScope } from "../../src/docker/build/cache-scope.ts";
import type { BuildDefinition } from "../../src/docker/build/definition.ts";

export const cacheScope: CacheScope = { repository: "octo/calculator", change: "pull request 1" };

/** Returns the build definition that the inputs' defaults give, with the test's overrides. */
export function definition(overrides: Partial<BuildDefinition> = {}): BuildDefinition {
  return {
    context: ".",
    file: null,
    target: null,
    buildArgs: new Map(),
    buildContexts: new Map(),
    platform: null,
    builder: null,
    secrets: new Map(),
    secretEnvs: new Map(),
    secretFiles: new Map(),
    ssh: [],
    cacheFrom: [],
    cacheTo: [],
    network: null,
    pull: false,
    noCache: false,
    addHosts: [],
    allow: [],
    shmSize: null,
    ulimit: [],
    labels: [],
    ...overrides,
  };
}
