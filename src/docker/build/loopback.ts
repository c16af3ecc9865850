import type { Driver } from "./driver.ts";

/**
 * Reports whether every node of a builder uses this machine's loopback, so that its pushes to 127.0.0.1
 * arrive here. On any other loopback, the push would reach an unrelated process. Returns false if unknown.
 * @param inspected output of `docker buildx inspect` (buildx commands/inspect.go), which has no other format
 * @param hostOf returns the engine's address in a docker context; null if there is none
 */
export async function sharesLoopback(
  driver: Driver,
  inspected: string,
  hostOf: (context: string) => Promise<string | null>,
): Promise<boolean> {
  const nodes = nodesOf(inspected);
  const answers = await Promise.all(nodes.map((node) => nodeSharesLoopback(driver, node, hostOf)));
  return nodes.length > 0 && answers.every((answer) => answer);
}

interface Node {
  /** an address, or the name of a docker context */
  readonly endpoint: string;
  readonly options: ReadonlyMap<string, string>;
}

async function nodeSharesLoopback(
  driver: Driver,
  { endpoint, options }: Node,
  hostOf: (context: string) => Promise<string | null>,
): Promise<boolean> {
  switch (driver) {
    case "remote":
      return isSocket(endpoint);
    case "docker-container":
      // With its own network, the container has its own loopback.
      return (
        options.get("network") === "host" &&
        isSocket(endpoint.includes("://") ? endpoint : await hostOf(endpoint))
      );
    default:
      return false;
  }
}

function isSocket(address: string | null): boolean {
  return address?.startsWith("unix:///") ?? false;
}

/** Parses the nodes. Their own lines are not indented; the labels and GC rules below them are. */
function nodesOf(inspected: string): readonly Node[] {
  const [, listed = ""] = inspected.split(/^Nodes:$/m);
  const nodes = listed.split(/^Name:/m).slice(1);
  return nodes.map((text) => ({
    endpoint: field(text, "Endpoint") ?? "",
    options: new Map(
      [...(field(text, "Driver Options") ?? "").matchAll(option)].map(([, key = "", value = ""]) => [
        key,
        value,
      ]),
    ),
  }));
}

/** `key="value"`, with the value quoted as in Go. */
const option = /(?:^| )([^ =]+)="((?:[^"\\]|\\.)*)"/g;

/** Returns the value of a line `Name:   value`: the first one if several nodes have it. */
export function field(text: string, name: string): string | null {
  const line = text.split("\n").find((line) => line.startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? null;
}
