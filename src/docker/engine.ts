import * as v from "valibot";
import { Failure, throwIfCancelled } from "../failure.ts";
import { field, sharesLoopback } from "./builder-reach.ts";
import { runDocker } from "./command.ts";
import { engineFailure } from "./engine-failure.ts";

const drivers = ["docker", "docker-container", "kubernetes", "remote"] as const;

/** What builds and keeps the images, as found by asking; versions are never looked at. */
export interface Engine {
  /** how the engine keeps images; null where only a builder elsewhere answers, and no engine */
  readonly store: "graphdriver" | "containerd" | null;
  /** path of the Unix socket at which it answers its API; null: only the docker CLI knows the way */
  readonly socket: string | null;
  /** os/arch[/variant] that is built where none is asked for */
  readonly platform: string;
  /** the driver of the builder: only `docker` leaves its images in the engine */
  readonly driver: (typeof drivers)[number];
  /** whether what a builder of another driver pushes to 127.0.0.1 comes to this machine; false where that cannot be told */
  readonly builderSharesLoopback: boolean;
  /** what every docker command is run with */
  readonly env: NodeJS.ProcessEnv;
  /** the builder asked for; null = the one in use */
  readonly builder: string | null;
}

/**
 * Asks the engine and its builder what they can do.
 * @throws Failure engine-missing, engine-permission, buildx-missing or engine-failed
 */
export async function probeEngine(options: {
  readonly env: NodeJS.ProcessEnv;
  readonly builder?: string | null | undefined;
  readonly signal?: AbortSignal | undefined;
}): Promise<Engine> {
  const { env, signal, builder = null } = options;
  // At once, since each of them waits for an engine that hangs.
  const [info, found] = await Promise.allSettled([
    askEngine({ env, signal }),
    askBuilder({ env, signal }, builder),
  ]);
  const driver = found.status === "fulfilled" ? found.value.driver : null;
  // A builder on a cluster needs no engine on this machine.
  const isElsewhere = driver === "kubernetes" || driver === "remote";
  if (info.status === "rejected" && !isElsewhere) throw info.reason;
  if (found.status === "rejected") throw found.reason;
  const { store, socket, platform } =
    info.status === "fulfilled" ? info.value : { store: null, socket: null, platform: null };
  const builds = driver === "docker" ? null : await askPlatform({ env, signal }, builder);
  return {
    store,
    socket,
    platform: builds ?? platform ?? unknownPlatform(),
    ...found.value,
    env,
    builder,
  };
}

interface Asking {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal | undefined;
}

async function askEngine(asking: Asking) {
  const stdout = await ask(["info", "--format", "{{json .}}"], asking, 10_000, "docker info");
  const info = v.safeParse(infoSchema, parseJson(stdout));
  if (!info.success)
    throw new Failure("engine-failed", "docker info gives an answer that cannot be understood.");
  const { DriverStatus, OSType, Architecture } = info.output;
  const usesContainerd = DriverStatus.some(
    ([name, value]) => name === "driver-type" && value === "io.containerd.snapshotter.v1",
  );
  return {
    socket: await findSocket(asking),
    store: usesContainerd ? ("containerd" as const) : ("graphdriver" as const),
    platform: `${OSType}/${architectures.get(Architecture) ?? Architecture}`,
  };
}

/** By the address that DOCKER_HOST or the docker context gives. */
async function findSocket(asking: Asking): Promise<string | null> {
  const host = await askHost(asking);
  return host?.startsWith("unix:///") ? host.slice("unix://".length) : null;
}

/** The address of the engine that a docker context leads to, by default the one in use. */
async function askHost({ env, signal }: Asking, context?: string): Promise<string | null> {
  const name = context === undefined ? [] : ["--", context];
  const args = ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}", ...name];
  const { stdout } = await runDocker(args, { env, signal });
  return stdout.trim() || null;
}

async function askBuilder(
  asking: Asking,
  builder: string | null,
): Promise<Pick<Engine, "driver" | "builderSharesLoopback">> {
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
    "The builder names no platform that it builds for. Set the input `platform`.",
  );
}

/** @param patience milliseconds */
async function ask(args: readonly string[], asking: Asking, patience: number, what: string): Promise<string> {
  const timeout = AbortSignal.timeout(patience);
  const signal = asking.signal === undefined ? timeout : AbortSignal.any([asking.signal, timeout]);
  try {
    const { code, stdout, stderr } = await runDocker(args, { env: asking.env, signal });
    if (code !== 0) throw engineFailure(stderr, what);
    return stdout;
  } catch (error) {
    throwIfCancelled(asking.signal);
    if (!timeout.aborted) throw error;
    throw new Failure(
      "engine-missing",
      `The container engine does not answer: ${what} took over ${patience / 1000} s.`,
    );
  }
}

const infoSchema = v.object({
  DriverStatus: v.nullish(v.array(v.array(v.string())), []),
  OSType: v.string(),
  Architecture: v.string(),
});

/** The kernel's names, which `docker info` has, as Go's, which images have. */
const architectures: ReadonlyMap<string, string> = new Map([
  ["x86_64", "amd64"],
  ["aarch64", "arm64"],
  ["armv7l", "arm/v7"],
  ["armv6l", "arm/v6"],
  ["i386", "386"],
  ["i686", "386"],
]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
