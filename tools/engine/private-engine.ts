import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { answeringStore } from "./answers.ts";
import { installPrograms, type Programs } from "./install.ts";
import { addresses, bridge, raiseBridge, removeBridge } from "./network.ts";
import { checkoutHash, engineDirectory } from "./places.ts";
import { succeeds } from "./run.ts";
import { type Store, stores } from "./stores.ts";

/** Environment variables that a client of a private engine needs. */
type Variables = Record<"PATH" | "DOCKER_HOST" | "DOCKER_CONFIG", string>;

/** Starts this checkout's engine with that store, unless it is running. Needs root on Debian or Ubuntu. */
export async function startEngine(store: Store): Promise<{ variables: Variables; started: boolean }> {
  const programs = await installPrograms();
  const place = placeOf(store);
  const variables = {
    PATH: `${programs.path}${delimiter}${process.env.PATH}`,
    DOCKER_HOST: `unix://${place.socket}`,
    DOCKER_CONFIG: place.client,
  };
  if ((await answeringStore(variables)) === store) return { variables, started: false };
  await writeConfiguration(store, programs);
  await raiseBridge();
  const pid = await launch(store, variables);
  for (let tries = 0; (await answeringStore(variables)) !== store; tries += 1) {
    if (!isAlive(pid) || tries === 150) throw await notStarted(store);
    await sleep(200);
  }
  return { variables, started: true };
}

/** Stops the engine by its process ID and waits until it has exited. Does nothing if it is not running. */
export async function stopEngine(store: Store): Promise<void> {
  const pid = await pidOf(store);
  if (pid === null) return;
  process.kill(pid, "SIGTERM");
  for (let tries = 0; isAlive(pid); tries += 1) {
    if (tries === 150) throw new Error(`The engine with process ID ${pid} does not stop.`);
    await sleep(100);
  }
  await unmountAll(placeOf(store).state);
  await rm(placeOf(store).state, { recursive: true, force: true });
  const running = await Promise.all(stores.map(pidOf));
  if (running.every((runningPid) => runningPid === null)) await removeBridge();
}

/** Unmounts what the engine left mounted: the host's network namespace, if a container used it. */
async function unmountAll(directory: string): Promise<void> {
  const mounts = await readFile("/proc/mounts", "utf8");
  const paths = mounts.split("\n").map((line) => line.split(" ")[1] ?? "");
  for (const path of paths.filter((path) => path.startsWith(`${directory}/`)).reverse()) {
    await succeeds("umount", [path]);
  }
}

/** Returns the process ID of this checkout's engine, or null. A stale pid file may name another process. */
export async function pidOf(store: Store): Promise<number | null> {
  const { pidFile } = placeOf(store);
  const pid = Number(await readFile(pidFile, "utf8").catch(() => "0"));
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return command.split("\0").includes(pidFile) ? pid : null;
}

function placeOf(store: Store) {
  const home = join(engineDirectory, store);
  return {
    data: join(home, "data"),
    configuration: join(home, "daemon.json"),
    client: join(home, "docker"),
    pidFile: join(home, "dockerd.pid"),
    socket: join(home, "docker.sock"),
    log: join(home, "log"),
    // Not in the checkout: the engine creates sockets here, and a socket's path has at most 107 bytes.
    state: `/run/image-audit-${checkoutHash}/${store}`,
  };
}

async function writeConfiguration(store: Store, programs: Programs): Promise<void> {
  const { client, configuration } = placeOf(store);
  await mkdir(join(client, "cli-plugins"), { recursive: true });
  await copyFile(programs.buildx, join(client, "cli-plugins/docker-buildx"));
  const features = { "containerd-snapshotter": store === "containerd" };
  await writeFile(configuration, JSON.stringify({ features }));
}

async function launch(store: Store, variables: Variables): Promise<number> {
  const place = placeOf(store);
  const options = {
    "config-file": place.configuration,
    "data-root": place.data,
    "exec-root": place.state,
    pidfile: place.pidFile,
    host: variables.DOCKER_HOST,
    bridge,
    "fixed-cidr": addresses[store],
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const unmanaged = ["--iptables=false", "--ip6tables=false", "--ip-masq=false"];
  await using log = await open(place.log, "w");
  const env = { ...process.env, PATH: `${variables.PATH}${delimiter}/usr/sbin${delimiter}/sbin` };
  const daemon = spawn("dockerd", [...args, ...unmanaged], {
    env,
    detached: true, // outlives us if we are killed; the next run finds it by its pid file
    stdio: ["ignore", log.fd, log.fd],
  });
  await new Promise((resolve, reject) => daemon.once("spawn", () => resolve(null)).once("error", reject));
  daemon.unref();
  return daemon.pid ?? 0;
}

function isAlive(pid: number): boolean {
  // A child that has exited but was not waited for is a zombie, and still in /proc.
  return existsSync(`/proc/${pid}/exe`);
}

async function notStarted(store: Store): Promise<Error> {
  const { log } = placeOf(store);
  const last = (await readFile(log, "utf8")).trim().split("\n").slice(-5).join("\n");
  return new Error(`The private engine (${store}) did not start; ${log} ends with:\n${last}`);
}
