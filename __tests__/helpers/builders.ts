import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { probeEngine } from "../../src/docker/engine.ts";
import { dockerEnvironment } from "../../src/docker/environment.ts";
import { docker, findProgram, workspace } from "../docker/workspace.ts";
import { engineEnvironment, stores } from "./engine.ts";

/** Where BuildKit's daemon is installed: its tests are skipped elsewhere. */
export const buildkitd = await findProgram("buildkitd", process.env).catch(() => null);

export interface Builder extends AsyncDisposable {
  /** as it is found by asking, though no engine answers */
  readonly engine: Awaited<ReturnType<typeof probeEngine>>;
}

/**
 * A builder of the driver `remote`: a BuildKit of its own, on a socket.
 * @param prefix a command that the daemon is run with, such as `unshare --net` for a loopback of its own
 */
export async function remoteBuilder(prefix: readonly string[] = []): Promise<Builder> {
  await using stack = new AsyncDisposableStack();
  const place = stack.use(await workspace());
  const address = `unix://${join(place.path, "buildkitd.sock")}`;
  const known = engineEnvironment(stores[0]);
  const flags = ["--root", join(place.path, "root"), "--addr", address, "--oci-worker-net=host"];
  const [command = "", ...args] = [...prefix, buildkitd ?? "buildkitd", ...flags];
  const daemon = spawn(command, args, { env: known, stdio: "ignore" });
  const exit = once(daemon, "exit");
  stack.defer(async () => {
    daemon.kill();
    await exit;
  });
  const env = dockerEnvironment({
    ...known,
    DOCKER_HOST: "unix:///nowhere.sock",
    BUILDX_CONFIG: join(place.path, "buildx"),
  });
  await docker(env, "buildx", "create", "--name", "elsewhere", "--driver", "remote", address);
  const engine = await probeEngine({ env, builder: "elsewhere" });
  const kept = stack.move();
  return { engine, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
