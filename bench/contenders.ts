import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditCommand } from "./audit-command.ts";
import { timed } from "./command.ts";
import type { Dive } from "./dive.ts";
import { headBytes } from "./head-image.ts";

/**
 * What is measured. floor: moving the images' bytes. cold: our audit with nothing cached. known: our audit
 * with the base cached. dive: a similar tool. start: our startup, before anything is read.
 */
export const contenders = ["floor", "cold", "known", "dive", "start"] as const;

export type Contender = (typeof contenders)[number];

/** One pair of images on one engine, and the tools that measure it. */
export interface Pair {
  readonly base: string;
  readonly head: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** a cache directory with the base; it is never written to */
  readonly primed: string;
  readonly audit: AuditCommand;
  readonly dive: Dive | null;
}

export interface Measured {
  readonly seconds: number;
  /** peak memory of our process in bytes; null for other programs */
  readonly memory: number | null;
  /** how our command got the images, as it logged it; null if it did not, and for other programs */
  readonly route: string | null;
}

export const measure: Readonly<Record<Contender, (pair: Pair) => Promise<Measured>>> = {
  async floor({ base, head, env, signal }) {
    const script = 'docker save "$@" | cat >/dev/null';
    const { seconds } = await timed("bash", ["-o", "pipefail", "-c", script, "bash", base, head], {
      env,
      signal,
    });
    return { seconds, memory: null, route: null };
  },
  cold: (pair) => compare(pair, ["--no-reading-store"], null),
  known: (pair) => compare(pair, [], pair.primed),
  async dive({ base, head, env, signal, dive }) {
    if (dive === null) throw new Error("dive is not installed.");
    let seconds = 0;
    // Rules that every image passes, so that every non-zero exit status is an error.
    const rules = ["--highestUserWastedPercent", "1", "--lowestEfficiency", "0"];
    for (const image of [base, head]) {
      const ended = await timed(dive.program, ["--ci", ...rules, image], { env, signal, cwd: tmpdir() });
      if (!ended.text.includes("wastedBytes:"))
        throw new Error(`dive did not analyse the image:\n${ended.text}`);
      seconds += ended.seconds;
    }
    return { seconds, memory: null, route: null };
  },
  async start({ audit, env, signal }) {
    const { seconds } = await timed(process.execPath, [audit.path, "--version"], { env, signal });
    return { seconds, memory: null, route: null };
  },
};

const hook = join(import.meta.dirname, "peak-memory.mjs");

/**
 * Runs the command that a user runs, in its own process.
 * @param primed cache directory; a copy of it is used, so that it never includes the head
 */
async function compare(pair: Pair, flags: readonly string[], primed: string | null): Promise<Measured> {
  const directory = await mkdtemp(join(tmpdir(), "image-audit-bench-"));
  try {
    const cache = join(directory, "cache");
    if (primed !== null) await cp(primed, cache, { recursive: true, preserveTimestamps: true });
    const [report, memory] = [join(directory, "report.json"), join(directory, "memory")];
    const env = { ...pair.env, XDG_CACHE_HOME: cache, IMAGE_AUDIT_BENCH_MEMORY: memory };
    const output = ["--format", "json", "--output", report, "--verbose"];
    const args = [
      "--import",
      hook,
      pair.audit.path,
      "compare",
      pair.head,
      "--to",
      pair.base,
      ...output,
      ...flags,
    ];
    const ended = await timed(process.execPath, args, { env, signal: pair.signal, fine: [0, 1] });
    await expectRightAnswer(report);
    return {
      seconds: ended.seconds,
      memory: Number(await readFile(memory, "utf8")),
      route: /images of the engine are read by ([\w ]+)/i.exec(ended.text)?.[1] ?? null,
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Checks the result: a wrong answer does not count, however fast it is. */
async function expectRightAnswer(report: string): Promise<void> {
  const { images } = JSON.parse(await readFile(report, "utf8"));
  const difference = images?.[0]?.comparison?.size?.difference;
  if (difference !== headBytes) throw new Error(`The audit found a difference of ${difference} bytes.`);
}

/** Fills an empty cache directory with the base the way a user's is filled: by earlier audits. */
export async function prime(
  directory: string,
  { base, env, signal, audit }: Pick<Pair, "base" | "env" | "signal" | "audit">,
): Promise<void> {
  for (let times = 0; times < primingInspections; times++) {
    const args = [audit.path, "inspect", base, "--format", "json"];
    await timed(process.execPath, args, { env: { ...env, XDG_CACHE_HOME: directory }, signal });
  }
}

/**
 * The first reads everything. With a graph driver, the second learns the blobs of the base image; the third
 * nothing.
 */
const primingInspections = 3;
