import { Failure } from "../../failure.ts";
import { type Asking, answerTimeoutMs, ask } from "../engine/ask.ts";
import { askHost, type Engine, probeEngine } from "../engine/engine.ts";
import { type Driver, drivers } from "./driver.ts";
import { field, sharesLoopback } from "./loopback.ts";

/** The builder, and the engine that it is used with. */
export interface Builder extends Engine {
  /** the builder's driver; only `docker` leaves its images in the engine */
  readonly driver: Driver;
  /** whether pushes of the builder to 127.0.0.1 reach this machine; false for `docker`, or if unknown */
  readonly builderSharesLoopback: boolean;
  /** name of the requested builder; null = the current one */
  readonly builder: string | null;
}

/**
 * Finds out what a builder and its engine can do.
 * @throws Failure engine-missing, engine-permission, buildx-missing or engine-failed
 */
export async function probeBuilder(
  options: Asking & { readonly builder?: string | null | undefined },
): Promise<Builder> {
  const { env, signal, timeoutMs, builder = null } = options;
  // In parallel, because each of them waits if the engine hangs.
  const [probed, found] = await Promise.allSettled([
    probeEngine({ env, signal, timeoutMs }),
    askBuilder({ env, signal, timeoutMs }, builder),
  ]);
  const driver = found.status === "fulfilled" ? found.value.driver : null;
  // A builder on a cluster needs no engine on this machine.
  const isElsewhere = driver === "kubernetes" || driver === "remote";
  if (probed.status === "rejected" && !isElsewhere) throw probed.reason;
  if (found.status === "rejected") throw found.reason;
  const engine = probed.status === "fulfilled" ? probed.value : { store: null, socket: null, platform: null };
  const platform = driver === "docker" ? null : await askPlatform({ env, signal }, builder);
  return {
    ...engine,
    platform: platform ?? engine.platform ?? unknownPlatform(),
    ...found.value,
    env,
    builder,
  };
}

async function askBuilder(
  asking: Asking,
  builder: string | null,
): Promise<Pick<Builder, "driver" | "builderSharesLoopback">> {
  const inspected = await inspectBuilder([], builder, asking, asking.timeoutMs ?? answerTimeoutMs);
  const driver = drivers.find((known) => known === field(inspected, "Driver"));
  if (driver !== undefined) {
    const hostOf = (context: string) => askHost(asking, context);
    return { driver, builderSharesLoopback: await sharesLoopback(driver, inspected, hostOf) };
  }
  const known = drivers.join(", ");
  throw new Failure("engine-failed", `The builder's driver is not supported. Use one of: ${known}.`);
}

/** Returns the builder's own platform, the first in its list. It is unknown until the builder has started. */
async function askPlatform(asking: Asking, builder: string | null): Promise<string | null> {
  const platforms = field(await inspectBuilder(["--bootstrap"], builder, asking, 300_000), "Platforms");
  return platforms?.split(",")[0]?.replace("*", "").trim() || null;
}

function inspectBuilder(flags: readonly string[], builder: string | null, asking: Asking, timeoutMs: number) {
  const name = builder === null ? [] : ["--", builder];
  return ask(["buildx", "inspect", ...flags, ...name], asking, timeoutMs, "docker buildx inspect");
}

function unknownPlatform(): never {
  throw new Failure(
    "engine-failed",
    "The builder does not report the platforms that it builds for. Set the input `platforms`.",
  );
}
