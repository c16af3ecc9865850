import { startChainOf } from "../../src/inspect/start/chain.ts";
import { proveRuntimes } from "../../src/inspect/start/runtimes/runtimes.ts";
import { elfFile } from "./elf.ts";
import { filesystemOf } from "./images.ts";
import { file, type TarMember } from "./tar.ts";

export interface StartedWith {
  readonly env?: readonly string[];
  readonly user?: string;
  readonly workingDir?: string;
}

/** Returns what is proven of the runtime that a command starts, in an image of these files. */
export async function runtimeOf(
  members: readonly TarMember[],
  cmd: readonly string[],
  config: StartedWith = {},
) {
  const { env = [], user = null, workingDir = "/app" } = config;
  const filesystem = await filesystemOf(members);
  const chain = startChainOf({ entrypoint: null, cmd, env, user, workingDir }, filesystem);
  const proof = proveRuntimes(chain, filesystem);
  const problems = proof.problems.map(({ path, needs, found }) => `${path} needs ${needs}: ${found}`);
  return { ...proof, problems, chain };
}

/** Returns a static program, which needs nothing but itself. */
export function runtime(path: string): TarMember {
  return file(path, elfFile({ type: 2 }), { mode: 0o755 });
}
