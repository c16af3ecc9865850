import { checkoutHash } from "./places.ts";
import { run, succeeds } from "./run.ts";

/**
 * A bridge of this checkout, which gives builds on the private engines a network. An engine that manages
 * iptables itself would flush the chains of every other engine on the machine.
 */
export const bridge = `audit-${checkoutHash}`;
const subnet = `172.29.${Number.parseInt(checkoutHash.slice(0, 2), 16)}`;

/** Address ranges for the containers of the two engines, which share the bridge. */
export const addresses = { graphdriver: `${subnet}.0/25`, containerd: `${subnet}.128/25` } as const;

const rules: readonly (readonly string[])[] = [
  ["nat", "POSTROUTING", "-s", `${subnet}.0/24`, "!", "-o", bridge, "-j", "MASQUERADE"],
  ["filter", "FORWARD", "-i", bridge, "-j", "ACCEPT"],
  ["filter", "FORWARD", "-o", bridge, "-j", "ACCEPT"],
];

/** Creates the bridge if it does not exist. */
export async function raiseBridge(): Promise<void> {
  if (!(await succeeds("ip", ["link", "show", bridge]))) {
    await run("ip", ["link", "add", "name", bridge, "type", "bridge"]);
    await run("ip", ["address", "add", `${subnet}.1/24`, "dev", bridge]);
  }
  await run("ip", ["link", "set", bridge, "up"]);
  await run("sysctl", ["-q", "-w", "net.ipv4.ip_forward=1"]);
  for (const [table = "", chain = "", ...rule] of rules) {
    if (await succeeds("iptables", ["-w", "-t", table, "-C", chain, ...rule])) continue;
    // Inserted first: another engine may end the FORWARD chain with a DROP.
    await run("iptables", ["-w", "-t", table, "-I", chain, ...rule]);
  }
}

export async function removeBridge(): Promise<void> {
  for (const [table = "", chain = "", ...rule] of rules)
    await succeeds("iptables", ["-w", "-t", table, "-D", chain, ...rule]);
  await succeeds("ip", ["link", "delete", bridge]);
}
