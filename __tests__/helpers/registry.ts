import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { canInstall, findProgram, installMissing } from "../../tools/engine/apt.ts";

/** The registry of the distribution project, empty, on loopback. */
export interface TestRegistry extends AsyncDisposable {
  /** host and port */
  readonly address: string;
}

/**
 * Reports whether the registry is or can be installed: Debian and Ubuntu have a package. In CI it must be.
 */
export async function hasRegistry(): Promise<boolean> {
  if (findProgram("docker-registry") === null && canInstall()) {
    await installMissing({ "docker-registry": "docker-registry" }).catch(() => {});
  }
  if (findProgram("docker-registry") !== null) return true;
  if (process.env.CI) throw new Error("docker-registry cannot be installed.");
  console.error("NOT TESTED: docker-registry cannot be installed.");
  return false;
}

export async function startRegistry(): Promise<TestRegistry> {
  const root = await mkdtemp(join(tmpdir(), "registry-"));
  const address = `127.0.0.1:${await freePort()}`;
  const config = join(root, "config.yml");
  const storage = { filesystem: { rootdirectory: join(root, "data") } };
  await writeFile(
    config,
    JSON.stringify({ version: 0.1, log: { level: "error" }, storage, http: { addr: address } }),
  );
  const program = findProgram("docker-registry") ?? "docker-registry";
  const registry = spawn(program, ["serve", config], { stdio: "ignore" });
  const ended = once(registry, "close");
  const dispose = async () => {
    registry.kill();
    await ended;
    await rm(root, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 100; attempt++) {
    const isUp = await fetch(`http://${address}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return { address, [Symbol.asyncDispose]: dispose };
    await wait(100);
  }
  await dispose();
  throw new Error("docker-registry does not start.");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
