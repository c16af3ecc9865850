import { once } from "node:events";
import { chmod, readdir } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { probeBuilder } from "../../../src/docker/build/builder.ts";
import { probeEngine } from "../../../src/docker/engine/engine.ts";
import { workspace } from "../../helpers/workspace.ts";

/** Provides a PATH with only a `docker` that runs the script, and a socket for the test. */
async function machine(script: string | null) {
  const place = await workspace(script === null ? {} : { docker: `#!/bin/sh\n${script}\n` });
  await chmod(place.path, 0o755);
  if (script !== null) await chmod(join(place.path, "docker"), 0o755);
  return { ...place, env: { PATH: place.path, DOCKER_HOST: `unix://${join(place.path, "docker.sock")}` } };
}

const info = (more: object) =>
  JSON.stringify({ OSType: "linux", Architecture: "x86_64", DriverStatus: [], ...more });
const answers = (informed: string, inspected: string) =>
  `case "$1" in info) ${informed};; context) printf '%s\\n' "$DOCKER_HOST";; buildx) ${inspected};; esac`;
const says = (text: string) => `printf '%s\\n' '${text.replaceAll("'", "")}'`;
const failsWith = (text: string) => `{ ${says(text)} >&2; exit 1; }`;
const noEngine = failsWith(
  "Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?",
);
const builder = (driver: string, node = "Endpoint:  x", platforms = "linux/arm64*, linux/amd64") =>
  says(
    `Name:          x\nDriver:        ${driver}\n\nNodes:\nName:      x0\n${node}\nStatus:    running\nPlatforms: ${platforms}`,
  );

test.each([
  ["no docker", null, "engine-missing", "not installed"],
  ["no engine", answers(noEngine, builder("docker")), "engine-missing", "Start it"],
  [
    "no engine and no buildx",
    answers(noEngine, failsWith("docker: unknown command: docker buildx")),
    "engine-missing",
    "Start it",
  ],
  [
    "no buildx",
    answers(says(info({})), failsWith("docker: unknown command: docker buildx")),
    "buildx-missing",
    "docker-buildx-plugin",
  ],
  [
    "no such builder",
    answers(says(info({})), failsWith('ERROR: no builder "none" found')),
    "engine-failed",
    'no builder "none" found',
  ],
  ["an unknown driver", answers(says(info({})), builder("cloud")), "engine-failed", "docker-container"],
  ["an answer that is none", answers(says("hello"), builder("docker")), "engine-failed", "cannot be parsed"],
  [
    "a builder in a container without its engine",
    answers(noEngine, builder("docker-container")),
    "engine-missing",
    "Start it",
  ],
])("reports %s in one sentence with a fix", async (_, script, code, text) => {
  await using place = await machine(script);
  const failing = probeBuilder({ env: place.env });
  await expect(failing).rejects.toMatchObject({ code });
  await expect(failing).rejects.toThrow(text);
});

test.each([
  ["docker", { Architecture: "aarch64" }, { store: "graphdriver", platform: "linux/arm64" }],
  [
    "docker",
    { DriverStatus: [["driver-type", "io.containerd.snapshotter.v1"]] },
    { store: "containerd", platform: "linux/amd64" },
  ],
  [
    "docker",
    { Architecture: "armv7l", DriverStatus: null },
    { store: "graphdriver", platform: "linux/arm/v7" },
  ],
  ["docker-container", {}, { store: "graphdriver", platform: "linux/arm64" }],
  ["kubernetes", {}, { store: "graphdriver", platform: "linux/arm64" }],
])("detects the engine of the driver %s with %j", async (driver, more, expected) => {
  await using place = await machine(answers(says(info(more)), builder(driver)));
  expect(await probeBuilder({ env: place.env, builder: "mine" })).toEqual({
    ...expected,
    socket: expect.any(String),
    driver,
    builderSharesLoopback: false,
    env: place.env,
    builder: "mine",
  });
});

test.each([
  ["unix:///var/run/docker.sock", "/var/run/docker.sock"],
  ["npipe:////./pipe/docker_engine", null],
  ["tcp://127.0.0.1:2375", null],
  ["ssh://me@there", null],
])("an engine at %s answers at the socket %s", async (host, socket) => {
  await using place = await machine(answers(says(info({})), builder("docker")));
  const env = { ...place.env, DOCKER_HOST: host };
  expect(await probeBuilder({ env })).toMatchObject({ socket });
});

test.each([
  ["unix:///var/run/docker.sock", true],
  ["tcp://127.0.0.1:2375", false],
])(
  "whether a builder in a container shares our loopback, with a docker context for %s: %s",
  async (host, shares) => {
    const node = 'Endpoint:  default\nDriver Options:  network="host"';
    await using place = await machine(answers(says(info({})), builder("docker-container", node)));
    const env = { ...place.env, DOCKER_HOST: host };
    expect(await probeBuilder({ env })).toMatchObject({ builderSharesLoopback: shares });
  },
);

test("a builder on a cluster needs no engine on this machine", async () => {
  await using place = await machine(answers(noEngine, builder("remote")));
  expect(await probeBuilder({ env: place.env })).toMatchObject({
    store: null,
    driver: "remote",
    platform: "linux/arm64",
  });
});

test("asks the engine and its builder concurrently, since here each waits for the request to the other", async () => {
  const after = (other: string) => `until [ -e "$0.${other}" ]; do /bin/sleep 0.05; done`;
  const informed = `${after("buildx")}; ${says(info({}))}`;
  const inspected = `${after("info")}; ${builder("docker")}`;
  await using place = await machine(`: >"$0.$1"; ${answers(informed, inspected)}`);
  expect(await probeBuilder({ env: place.env })).toMatchObject({ driver: "docker" });
});

test("gives up on an engine that never answers", async () => {
  await using place = await machine("exec /bin/sleep 600");
  await expect(probeBuilder({ env: place.env, signal: AbortSignal.timeout(300) })).rejects.toMatchObject({
    code: "cancelled",
  });
  await expect(probeBuilder({ env: place.env, timeoutMs: 500 })).rejects.toMatchObject({
    code: "engine-missing",
    message: /does not answer: .* took longer than 0\.5 s/,
  });
});

test("does not use the CLI if the engine's socket never answers", async () => {
  await using place = await machine(`: >"$0.asked"; ${says(info({}))}`);
  const connections = new Set<Socket>();
  const server = createServer((connection) => connections.add(connection)).listen(
    join(place.path, "docker.sock"),
  );
  onTestFinished(() => {
    for (const connection of connections) connection.destroy();
    server.close();
  });
  await once(server, "listening");
  await expect(probeEngine({ env: place.env, signal: AbortSignal.timeout(300) })).rejects.toMatchObject({
    code: "cancelled",
  });
  await expect(probeEngine({ env: place.env, timeoutMs: 500 })).rejects.toMatchObject({
    code: "engine-missing",
    message: /does not answer/,
  });
  expect(await readdir(place.path)).not.toContain("docker.asked");
});
