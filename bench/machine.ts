import { cpus, release, totalmem } from "node:os";
import { run } from "../tools/engine/run.ts";
import type { Store } from "../tools/engine/stores.ts";
import type { Place } from "./base-image.ts";
import type { Dive } from "./dive.ts";

/** The machine of a run, without anything that identifies its owner. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** bytes */
  readonly memory: number;
  readonly kernel: string;
  readonly node: string;
  /** versions of the engines and their storage drivers, by store */
  readonly engines: Readonly<Partial<Record<Store, string>>>;
  /** version of dive; null if it is not installed */
  readonly dive: string | null;
  /** short commit that was measured, with " + changes" if the checkout was not clean */
  readonly commit: string;
}

/** Describes this machine, its engines and the measured commit. */
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
  // The document does not count: the run itself writes it.
  const changes = await run("git", ["status", "--porcelain", "--", ".", ":!docs/benchmarks.md"]);
  return changes === "" ? id : `${id} + changes`;
}
