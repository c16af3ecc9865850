import { cpus, release, totalmem } from "node:os";
import { run } from "../tools/engine/run.ts";
import type { Store } from "../tools/engine/stores.ts";
import type { Place } from "./base-image.ts";
import type { Dive } from "./dive.ts";

/** Where a run took place, without anything that would tell whose machine it is. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** bytes */
  readonly memory: number;
  readonly kernel: string;
  readonly node: string;
  /** versions of the engines and their storage drivers, by store */
  readonly engines: Readonly<Partial<Record<Store, string>>>;
  /** of dive; null: it is not installed */
  readonly dive: string | null;
  /** of what was measured: a short commit, with " + changes" where the checkout had any */
  readonly commit: string;
}

export async function describeMachine(
  places: ReadonlyMap<Store, Place>,
  dive: Dive | null,
): Promise<Machine> {
  const described = [...places].map(async ([store, { env }]) => {
    const text = await run("docker", ["info", "--format", "{{.ServerVersion}} ({{.Driver}})"], { env });
    return [store, text.trim()] as const;
  });
  return {
    processor: cpus()[0]?.model.trim() || "unknown",
    cores: cpus().length,
    memory: totalmem(),
    kernel: `${process.platform} ${release()}`,
    node: process.version,
    engines: Object.fromEntries(await Promise.all(described)),
    dive: dive === null ? null : (dive.version ?? "of unknown version"),
    commit: await commit(),
  };
}

async function commit(): Promise<string> {
  const id = (await run("git", ["rev-parse", "--short", "HEAD"])).trim();
  // The document is the run's own result.
  const changes = await run("git", ["status", "--porcelain", "--", ".", ":!docs/benchmarks.md"]);
  return changes === "" ? id : `${id} + changes`;
}
