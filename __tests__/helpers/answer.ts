import { setTimeout } from "node:timers/promises";
import type { Store } from "../../tools/engine/stores.ts";
import { docker } from "./engine.ts";

/**
 * Starts a container and returns what it prints or, with a port, what a request of its root page answers.
 * Where it does not start or does not answer, what it wrote says why.
 */
export async function answerOf(store: Store, image: string, port: number | undefined): Promise<string> {
  if (port === undefined) {
    const { stdout, stderr } = await docker(store, "run", "--rm", image);
    return `${stdout}${stderr}`.trim();
  }
  const started = await docker(store, "run", "--detach", `--publish=127.0.0.1::${port}`, image);
  if (started.code !== 0) return started.stderr.trim();
  const container = started.stdout.trim();
  try {
    const address = (await docker(store, "port", container, `${port}/tcp`)).stdout.trim();
    for (let tries = 0; tries < 300; tries += 1) {
      const response = await fetch(`http://${address}/`).catch(() => null);
      if (response !== null) return await response.text();
      const running = await docker(store, "inspect", "--format={{.State.Running}}", container);
      if (running.stdout.trim() !== "true") break;
      await setTimeout(100);
    }
    const { stdout, stderr } = await docker(store, "logs", container);
    return `${stdout}${stderr}`.trim();
  } finally {
    await docker(store, "rm", "--force", container);
  }
}
