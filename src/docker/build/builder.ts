import { Failure } from "../../failure.ts";
import { type Asking, ask } from "../engine/ask.ts";
import { askHost, type Engine, probeEngine } from "../engine/engine.ts";
import { type Driver, drivers } from "./driver.ts";
import { field, sharesLoopback } from "./loopback.ts";

/** What builds the images, and the engine beside it. */
export interface Builder extends Engine {
  /** the driver of the builder: only `docker` leaves its images in the engine */
  readonly driver: Driver;
  /** whether what a builder of another driver pushes to 127.0.0.1 comes to this machine; false where that cannot be told */
  readonly builderSharesLoopback: boolean;
  /** the builder asked for; null = the one in use */
  readonly builder: string | null;
}

/**
 * Asks a builder and the engine beside it what they can do.
 * @throws Failure engine-missing, engine-permission, buildx-missing or engine-failed
 */
export async function probeBuilder(
  options: Asking & { readonly builder?: string | null | undefined },
): Promise<Builder> {
  const { env, signal, builder = null } = options;
  // At once, since each of them waits for an engine that hangs.
  const [probed, found] = await Promise.allSettled([
    probeEngine({ env, signal }),
    askBuilder({ env, signal }, builder),
  ]);
  const driver = found.status === "fulfilled" ? found.value.driver : null;
  // A builder on a cluster needs no engine on this machine.
  const isElsewhere = driver === "kubernetes" || driver === "remote";
  if (probed.status === "rejected" && !isElsewhere) throw probed.reason;
  if (found.status === "rejected") throw found.reason;
  const engine = probed.status === "fulfilled" ? probed.value : { store: null, socket: null, platform: null };
  const builds = driver === "docker" ? null : await askPlatform({ env, signal }, builder);
  return {
    ...engine,
    platform: builds ?? engine.platform ?? unknownPlatform(),
    ...found.value,
    env,
    builder,
  };
}

async function askBuilder(
  asking: Asking,
  builder: string | null,
): Promise<Pick<Builder, "driver" | "builderSharesLoopback">> {
  const inspected = await inspectBuilder([], builder, asking, 10_000);
  const driver = drivers.find((known) => known === field(inspected, "Driver"));
  if (driver !== undefined) {
    const hostOf = (context: string) => askHost(asking, context);
    return { driver, builderSharesLoopback: await sharesLoopback(driver, inspected, hostOf) };
  }
  const known = drivers.join(", ");
  throw new Failure("engine-failed", `The builder has a driver that is not supported. Use one of ${known}.`);
}

/** The first of the platforms is the builder's own; it is not known before the builder was started. */
async function askPlatform(asking: Asking, builder: string | null): Promise<string | null> {
  const platforms = field(await inspectBuilder(["--bootstrap"], builder, asking, 300_000), "Platforms");
  return platforms?.split(",")[0]?.replace("*", "").trim() || null;
}

function inspectBuilder(flags: readonly string[], builder: string | null, asking: Asking, patience: number) {
  const name = builder === null ? [] : ["--", builder];
  return ask(["buildx", "inspect", ...flags, ...name], asking, patience, "docker buildx inspect");
}

function unknownPlatform(): never {
  throw new Failure(
    "engine-failed",
    "The builder names no platform that it builds for. Set the input `platforms`.",
  );
}
