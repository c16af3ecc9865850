import { expect, test } from "vitest";
import type { Builder } from "../../../src/docker/build/builder.ts";
import { sharesLoopback } from "../../../src/docker/build/loopback.ts";

const socket = "unix:///var/run/docker.sock";
const contexts: ReadonlyMap<string, string> = new Map([
  ["default", socket],
  ["colleague", "ssh://me@there"],
]);

/** Returns the output of buildx inspect (0.29 to 0.37). */
function inspected(driver: string, ...nodes: readonly string[]): string {
  const listed = nodes.map((node, index) => `Name:                  x${index}\n${node}\nStatus: running\n`);
  return `Name:          x\nDriver:        ${driver}\nLast Activity: 2026-11-21 15:18:44 +0000 UTC\n\nNodes:\n${listed.join("\n")}`;
}

function shares(driver: Builder["driver"], ...nodes: readonly string[]): Promise<boolean> {
  return sharesLoopback(driver, inspected(driver, ...nodes), async (name) => contexts.get(name) ?? null);
}

const here = `Endpoint:              ${socket}`;
const onHost = `${here}\nDriver Options:        image="moby/buildkit" network="host"`;

test.each<[boolean, Builder["driver"], string]>([
  [true, "remote", here],
  [false, "remote", "Endpoint:  tcp://127.0.0.1:1234"],
  [false, "remote", "Endpoint:  ssh://me@there"],
  [false, "remote", "Endpoint:  docker-container://buildkitd"],
  [false, "remote", "Endpoint:  kube-pod://buildkitd"],
  [false, "remote", "Status: inactive"],
  [true, "docker-container", onHost],
  [true, "docker-container", 'Endpoint: default\nDriver Options: network="host"'],
  [false, "docker-container", here],
  [false, "docker-container", `${here}\nDriver Options: network="mine"`],
  [false, "docker-container", `${here}\nDriver Options: network="container:x"`],
  [false, "docker-container", `${here}\nDriver Options: env.A="network=\\"host\\"" network="none"`],
  [false, "docker-container", `${here}\nDriver Options: env.A="x network=\\"host\\" y"`],
  [false, "docker-container", `${here}\nLabels:\n network="host"`],
  [false, "docker-container", 'Endpoint: colleague\nDriver Options: network="host"'],
  [false, "docker-container", 'Endpoint: gone\nDriver Options: network="host"'],
  [false, "docker-container", 'Endpoint: tcp://127.0.0.1:2375\nDriver Options: network="host"'],
  [false, "docker-container", 'Endpoint: npipe:////./pipe/docker_engine\nDriver Options: network="host"'],
  [false, "kubernetes", onHost],
  [false, "docker", here],
])("sharing is %s with the driver %s at a node with %j", async (expected, driver, node) => {
  expect(await shares(driver, node)).toBe(expected);
});

test("every node must share it, since any of them may build", async () => {
  expect(await shares("docker-container", onHost, onHost)).toBe(true);
  expect(await shares("docker-container", onHost, here)).toBe(false);
  expect(await shares("remote", "Endpoint: tcp://there:1234", here)).toBe(false);
});

test("a builder with unknown nodes does not share it", async () => {
  expect(await shares("remote")).toBe(false);
  const broken = "Name: x\nDriver: remote\nError: dial unix:///x.sock: no such file\n";
  expect(await sharesLoopback("remote", broken, async () => socket)).toBe(false);
});
