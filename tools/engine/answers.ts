import { run, succeeds } from "./run.ts";
import type { Store } from "./stores.ts";

/**
 * Returns the image store of the engine that answers, or null if no engine that can build answers. A `docker`
 * command alone proves nothing: it may have neither engine nor buildx.
 */
export async function answeringStore(variables: NodeJS.ProcessEnv = {}): Promise<Store | null> {
  const env = { ...process.env, ...variables };
  const canBuild = await succeeds("docker", ["buildx", "version"], { env });
  const status = await run("docker", ["info", "--format", "{{json .DriverStatus}}"], { env }).catch(
    () => null,
  );
  if (!canBuild || status === null) return null;
  return status.includes("io.containerd.snapshotter.v1") ? "containerd" : "graphdriver";
}
