import * as v from "valibot";
import { Failure } from "../../failure.ts";
import { askEngine } from "./api.ts";
import { type Asking, ask, inTime } from "./ask.ts";
import { runDocker } from "./docker.ts";

/** What keeps the images, as found by asking; versions are never looked at. */
export interface Engine {
  /** how the engine keeps images; null where only a builder elsewhere answers, and no engine */
  readonly store: "graphdriver" | "containerd" | null;
  /** path of the Unix socket at which it answers its API; null: only the docker CLI knows the way */
  readonly socket: string | null;
  /** os/arch[/variant] that is built and read where none is asked for */
  readonly platform: string;
  /** what every docker command is run with */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Asks the engine what it can do.
 * @throws Failure engine-missing, engine-permission, engine-failed, cancelled
 */
export async function probeEngine(asking: Asking): Promise<Engine> {
  const socket = await findSocket(asking);
  const info = v.safeParse(infoSchema, parseJson(await askInfo(asking, socket)));
  if (!info.success)
    throw new Failure("engine-failed", "docker info gives an answer that cannot be understood.");
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

/** From the engine itself; where nobody answers, from the docker CLI, which says why. */
async function askInfo(asking: Asking, socket: string | null): Promise<string> {
  if (socket !== null) {
    const answer = await inTime(asking, patience, "docker info", async (signal) => {
      const said = await askEngine(socket, { method: "GET", path: "/info", signal });
      signal.throwIfAborted();
      return said;
    });
    if (answer?.status === 200) return answer.body;
  }
  return ask(["info", "--format", "{{json .}}"], asking, patience, "docker info");
}

/** milliseconds */
const patience = 10_000;

/** By the address that DOCKER_HOST or the docker context gives. */
async function findSocket(asking: Asking): Promise<string | null> {
  // DOCKER_HOST overrides every context.
  const host = asking.env["DOCKER_HOST"] || (await askHost(asking));
  return host?.startsWith("unix:///") ? host.slice("unix://".length) : null;
}

/** The address of the engine that a docker context leads to, by default the one in use. */
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
