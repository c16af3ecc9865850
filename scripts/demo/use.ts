import { join } from "node:path";
import pRetry from "p-retry";
import { run } from "../../tools/engine/run.ts";
import type { Example, Use } from "./example.ts";

/**
 * Builds the image of the example's `Dockerfile`, runs it and uses it.
 * @param contexts as --build-context takes them
 * @returns its answer
 * @throws Error with the container's log if it gives none
 */
export async function use(
  { name, use: how }: Example,
  contexts: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const docker = (...args: readonly string[]) => run("docker", args, { env }).then((out) => out.trim());
  const image = `image-audit-demo/${name}`;
  const flags = contexts.flatMap((context) => ["--build-context", context]);
  await docker("buildx", "build", "--quiet", "--load", "--tag", image, ...flags, join("examples", name));
  if (how.kind === "command") return await docker("run", "--rm", image, ...how.args);
  // With a terminal, its log is one stream.
  const container = await docker("run", "--detach", "--tty", "--publish", "127.0.0.1::8000", image);
  try {
    const address = await docker("port", container, "8000");
    const waiting = { retries: 100, factor: 1, minTimeout: 200 };
    return await pRetry(() => ask(`http://${address}${how.path}`, how), waiting);
  } catch (error) {
    const log = await docker("logs", container);
    throw new Error(`${name} does not answer. Its log:\n${log}`, { cause: error });
  } finally {
    await docker("rm", "--force", container);
  }
}

async function ask(url: string, { body }: Extract<Use, { kind: "service" }>): Promise<string> {
  const response = await fetch(url, body === null ? {} : { method: "POST", body });
  if (!response.ok) throw new Error(`It answers with ${response.status}.`);
  return (await response.text()).trim();
}
