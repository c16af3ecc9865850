import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditCommand } from "./audit-command.ts";
import { timed } from "./command.ts";
import type { Dive } from "./dive.ts";
import { headBytes } from "./head-image.ts";

/**
 * What is measured. floor: moving the images' bytes. cold: ours, nothing known. known: ours, the base read before.
 * dive: the peer. start: what of ours is spent before anything is read.
 */
export const contenders = ["floor", "cold", "known", "dive", "start"] as const;

export type Contender = (typeof contenders)[number];

/** One pair of images on one engine, and what there is to measure it with. */
export interface Pair {
  readonly base: string;
  readonly head: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** a cache directory that knows the base; it is never written to */
  readonly primed: string;
  readonly audit: AuditCommand;
  readonly dive: Dive | null;
}

export interface Measured {
  readonly seconds: number;
  /** bytes that our process held at most; null of others' */
  readonly memory: number | null;
  /** how we got the images, in our own word; null of others', or unsaid */
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
    // Rules that every image keeps, so that any other end than the good one is an error.
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

/** The command that a user calls, as a process of its own. @param primed copied first, so that the head stays unknown */
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

/** A wrong answer is no answer, however fast. */
async function expectRightAnswer(report: string): Promise<void> {
  const { images } = JSON.parse(await readFile(report, "utf8"));
  const difference = images?.[0]?.comparison?.size?.difference;
  if (difference !== headBytes) throw new Error(`The audit found a difference of ${difference} bytes.`);
}

/** Lets an empty cache directory learn the base, as a user's does: by audits of it before. */
export async function prime(
  directory: string,
  { base, env, signal, audit }: Pick<Pair, "base" | "env" | "signal" | "audit">,
): Promise<void> {
  for (let times = 0; times < primingInspections; times++) {
    const args = [audit.path, "inspect", base, "--format", "json"];
    await timed(process.execPath, args, { env: { ...env, XDG_CACHE_HOME: directory }, signal });
  }
}

/** The first reads all; on a graph driver the second learns by which blobs the engine knows it, and the third nothing. */
const primingInspections = 3;
