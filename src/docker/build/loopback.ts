import type { Driver } from "./driver.ts";

/**
 * Whether every node of a builder has this machine's loopback for its own, so that what it pushes to 127.0.0.1 comes here.
 * On any other it would go to whoever listens there: what cannot be told counts as elsewhere.
 * @param inspected what `docker buildx inspect` wrote (buildx commands/inspect.go); it has no other format
 * @param hostOf the address of the engine that a docker context leads to; null where there is none
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
      // In a network of its own, the builder's loopback is the container's.
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

/** Nodes' own lines start at the margin; labels and rules below them are indented. */
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

/** `key="value"`, the value as Go quotes strings. */
const option = /(?:^| )([^ =]+)="((?:[^"\\]|\\.)*)"/g;

/** `Name:   value`. The first one, where several nodes have it. */
export function field(text: string, name: string): string | null {
  const line = text.split("\n").find((line) => line.startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? null;
}
