import * as v from "valibot";
import { Failure } from "../../failure.ts";
import { askEngine } from "./api.ts";
import { type Asking, answerTimeoutMs, ask, inTime } from "./ask.ts";
import { runDocker } from "./docker.ts";

/** The container engine and its capabilities, which are probed: versions are never compared. */
export interface Engine {
  /** how the engine stores images; null if there is no engine, only a builder elsewhere */
  readonly store: "graphdriver" | "containerd" | null;
  /** path of the Unix socket of the engine's API; null if only the docker CLI can reach the engine */
  readonly socket: string | null;
  /** default platform to build and read: os/arch[/variant] */
  readonly platform: string;
  /** environment of every docker command */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Finds the engine and asks it what it can do.
 * @throws Failure engine-missing, engine-permission, engine-failed, cancelled
 */
export async function probeEngine(asking: Asking): Promise<Engine> {
  const socket = await findSocket(asking);
  const info = v.safeParse(infoSchema, parseJson(await askInfo(asking, socket)));
  if (!info.success) throw new Failure("engine-failed", "The output of docker info cannot be parsed.");
  const { DriverStatus, OSType, Architecture } = info.output;
  const usesContainerd = DriverStatus.some(
    ([name, value]) => name === "driver-type" && value === "io.containerd.snapshotter.v1",
  );
  return {
    store: usesContainerd ? "containerd" : "graphdriver",
    socket,
    platform: `${OSType}/${architectures.get(Architecture) ?? Architecture}`,
    env: asking.env,
  };
}

/** Asks the engine itself. If it does not answer, asks the docker CLI, which reports the reason. */
async function askInfo(asking: Asking, socket: string | null): Promise<string> {
  const { timeoutMs = answerTimeoutMs } = asking;
  if (socket !== null) {
    const info = await inTime(asking, timeoutMs, "docker info", async (signal) => {
      const response = await askEngine(socket, { method: "GET", path: "/info", signal });
      signal.throwIfAborted();
      return response;
    });
    if (info?.status === 200) return info.body;
  }
  return ask(["info", "--format", "{{json .}}"], asking, timeoutMs, "docker info");
}

/** Returns the socket's path if DOCKER_HOST or the docker context names a Unix socket, else null. */
async function findSocket(asking: Asking): Promise<string | null> {
  // DOCKER_HOST overrides every context.
  const host = asking.env["DOCKER_HOST"] || (await askHost(asking));
  return host?.startsWith("unix:///") ? host.slice("unix://".length) : null;
}

/** Returns the engine's address in a docker context, by default the current one. */
export async function askHost({ env, signal }: Asking, context?: string): Promise<string | null> {
  const name = context === undefined ? [] : ["--", context];
  const args = ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}", ...name];
  const { stdout } = await runDocker(args, { env, signal });
  return stdout.trim() || null;
}

const infoSchema = v.object({
  DriverStatus: v.nullish(v.array(v.array(v.string())), []),
  OSType: v.string(),
  Architecture: v.string(),
});

/** Maps the kernel's names, which `docker info` uses, to Go's names, which images use. */
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
