import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "../tools/engine/stores.ts";
import type { AuditCommand } from "./audit-command.ts";
import { type Place, provideBase } from "./base-image.ts";
import { type Contender, contenders, measure, prime } from "./contenders.ts";
import type { Dive } from "./dive.ts";
import type { Flags } from "./flags.ts";
import { buildHead } from "./head-image.ts";
import type { ImageName } from "./image-plan.ts";
import type { Sample } from "./samples.ts";

/** Everything that a run needs. */
export interface Run {
  readonly flags: Flags;
  readonly places: ReadonlyMap<Store, Place>;
  readonly audit: AuditCommand;
  readonly dive: Dive | null;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

/** One image on one engine. Each round builds a new head from it. */
interface Subject {
  readonly store: Store;
  readonly place: Place;
  readonly image: ImageName;
  readonly base: string;
  readonly primed: string;
}

/**
 * Measures everything. Rounds are interleaved, so that slow changes on the machine affect all contenders
 * equally.
 */
export async function measureAll(run: Run): Promise<readonly Sample[]> {
  const { flags, places, audit, signal, say } = run;
  await using directories = new AsyncDisposableStack();
  const subjects: Subject[] = [];
  for (const image of flags.images) {
    const base = await provideBase(image, [...places.values()], { signal, say });
    for (const [store, place] of places) {
      const primed = await mkdtemp(join(tmpdir(), "image-audit-bench-"));
      directories.defer(() => rm(primed, { recursive: true, force: true }));
      await prime(primed, { base, env: place.env, signal, audit });
      subjects.push({ store, place, image, base, primed });
      say(`${store}, ${image}: the base is cached.`);
    }
  }
  const samples: Sample[] = [];
  for (let round = 1; round <= flags.rounds; round++) {
    for (const subject of subjects) samples.push(...(await measureRound(subject, round, run)));
  }
  return samples;
}

async function measureRound(subject: Subject, round: number, run: Run): Promise<readonly Sample[]> {
  const { store, place, image, base, primed } = subject;
  const { signal, audit, dive } = run;
  await using head = await buildHead(base, place, signal);
  const samples: Sample[] = [];
  const order = orderOf(round, dive !== null && round <= run.flags.diveRounds[image]);
  for (const contender of [...order, "start"] as const) {
    const pair = { base, head: head.reference, env: place.env, signal, primed, audit, dive };
    samples.push({ store, image, round, contender, ...(await measure[contender](pair)) });
  }
  const times = samples.map(({ contender, seconds }) => `${contender} ${seconds.toFixed(2)} s`).join(", ");
  run.say(`Round ${round} of ${run.flags.rounds}, ${store}, ${image}: ${times}.`);
  return samples;
}

/**
 * Returns the order of contenders in a round. Each round starts with another contender, and every second
 * round is reversed, so that no contender always follows the same one. `start` reads no image; the caller
 * runs it last.
 */
export function orderOf(round: number, hasDive: boolean): readonly Contender[] {
  const taking = contenders.filter((contender) => contender !== "start" && (contender !== "dive" || hasDive));
  const first = (round - 1) % taking.length;
  const order = [...taking.slice(first), ...taking.slice(0, first)];
  return round % 2 === 0 ? order.toReversed() : order;
}
