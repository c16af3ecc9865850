import { execFile } from "node:child_process";
import { inject } from "vitest";
import { stores as allStores, type Store } from "../../tools/engine/stores.ts";

const engines = inject("engines");

/**
 * The image stores that have an engine: both in CI, at least one elsewhere. Only `*.engine.test.ts` have
 * engines. Usage: `describe.each(stores)("on the %s store", (store) => …)`.
 */
export const stores = allStores.filter((store) => store in engines) as [Store, ...Store[]];

/** Returns the environment for a client of the engine with that store. */
export function engineEnvironment(store: Store): NodeJS.ProcessEnv {
  return { ...process.env, ...engines[store] };
}

/** The result of a docker command. */
export interface DockerResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Runs `docker` against the engine with that store. A command that fails is a result, not an error. */
export function docker(store: Store, ...args: readonly string[]): Promise<DockerResult> {
  const options = { env: engineEnvironment(store), maxBuffer: 2 ** 28 };
  return new Promise((resolve, reject) => {
    execFile("docker", args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number") resolve({ stdout, stderr, code });
      else reject(error);
    });
  });
}
