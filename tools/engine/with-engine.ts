import { spawn } from "node:child_process";
import { openAnyEngine } from "./engine.ts";

// Runs a command with a Docker Engine in its environment: `node tools/engine/with-engine.ts node
// scripts/demo.ts`. IMAGE_AUDIT_ENGINE is "private" if tags may be overwritten, and "own" if the engine is
// the user's.

const [command = "", ...args] = process.argv.slice(2);
const engine = await openAnyEngine();
try {
  const env = {
    ...process.env,
    ...engine.variables,
    IMAGE_AUDIT_ENGINE: engine.isPrivate ? "private" : "own",
  };
  const child = spawn(command, args, { env, stdio: "inherit" });
  // The terminal sends Ctrl-C to the child as well. The child cleans up after itself; we stop the engine.
  process.on("SIGINT", () => {}).on("SIGTERM", () => child.kill("SIGTERM"));
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve(code ?? 1));
  });
} finally {
  await engine.close();
}
