import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { probeBuilder } from "../../src/docker/build/builder.ts";
import { dockerEnvironment } from "../../src/docker/engine/environment.ts";
import type { Store } from "../../tools/engine/stores.ts";
import { busyboxBase, debianBase } from "./bases.ts";
import { docker as dockerOf, engineEnvironment, stores } from "./engine.ts";
import { docker, findProgram, workspace } from "./workspace.ts";

/** Path of BuildKit's daemon, or null if it is not installed. Its tests are then skipped. */
export const buildkitd = await findProgram("buildkitd", process.env).catch(() => null);

export interface Builder extends AsyncDisposable {
  /** result of the probe, without an engine that answers */
  readonly engine: Awaited<ReturnType<typeof probeBuilder>>;
}

/**
 * Starts a builder of the driver `remote`: a separate BuildKit on a socket.
 * @param prefix a command that runs the daemon, such as `unshare --net` for a separate loopback
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
  const engine = await probeBuilder({ env, builder: "elsewhere" });
  const kept = stack.move();
  return { engine, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Returns why that engine cannot run builders in containers, or null if it can. */
export async function whyNoContainerBuilder(store: Store): Promise<string | null> {
  for (const name of builderPrograms) {
    if ((await findProgram(name, process.env).catch(() => null)) === null)
      return `${name} is not on the PATH`;
  }
  const image = await busyboxBase(store);
  const { stderr, code } = await dockerOf(store, "run", "--rm", "--init", "--network=none", image, "true");
  return code === 0 ? null : `the engine starts no containers with --init: ${stderr.trim()}`;
}

/** The programs in BuildKit's image: the daemon, the client that buildx uses, and the runtime for steps. */
const builderPrograms = ["buildkitd", "buildctl", "runc"];

/**
 * Starts a builder of the driver `docker-container` on that engine. Its image is built from this machine's
 * programs.
 */
export async function containerBuilder(store: Store, network: "host" | "none"): Promise<Builder> {
  await using stack = new AsyncDisposableStack();
  const place = stack.use(await workspace());
  const known = engineEnvironment(store);
  const env = dockerEnvironment({ ...known, BUILDX_CONFIG: join(place.path, "buildx") });
  const image = await buildkitImage(store, place.path);
  stack.defer(async () => void (await docker(known, "image", "rm", image)));
  const name = `image-audit-test-${basename(place.path)}`;
  const options = ["--driver", "docker-container", "--driver-opt", `network=${network},image=${image}`];
  await docker(env, "buildx", "create", "--name", name, ...options);
  // Removes its volume as well.
  stack.defer(async () => void (await docker(env, "buildx", "rm", name)));
  const engine = await probeBuilder({ env, builder: name });
  const kept = stack.move();
  return { engine, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function buildkitImage(store: Store, directory: string): Promise<string> {
  const tag = `image-audit-test/buildkit:${basename(directory)}`;
  await using context = await workspace({
    Dockerfile: [
      `FROM ${await debianBase(store)}`,
      "COPY libraries /usr/local/lib/",
      "COPY programs /usr/bin/",
      "ENV LD_LIBRARY_PATH=/usr/local/lib",
      'ENTRYPOINT ["buildkitd"]',
    ].join("\n"),
  });
  for (const name of builderPrograms) {
    const path = await findProgram(name, process.env);
    await cp(path, join(context.path, "programs", name), { dereference: true });
    for (const library of await librariesOf(path)) {
      await cp(library, join(context.path, "libraries", basename(library)), { dereference: true });
    }
  }
  await docker(engineEnvironment(store), "buildx", "build", "--quiet", "--load", "--tag", tag, context.path);
  return tag;
}

/** Returns the shared libraries of a program that the base image may lack. */
async function librariesOf(program: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)("ldd", [program]).catch(() => ({ stdout: "" }));
  return [...stdout.matchAll(/^\s*libseccomp\S* => (\S+)/gm)].map(([, path = ""]) => path);
}
