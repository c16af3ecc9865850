import { setImmediate } from "node:timers/promises";
import { throwIfCancelled } from "../failure.ts";
import type { Work } from "../image/work.ts";

/** Milliseconds for which nothing else is heard. */
const longest = 50;

/**
 * Does work in turns with everything else that goes on, such as signals.
 * @throws Failure cancelled, and what the work throws
 */
export async function inTurns<Result>(work: Work<Result>, signal: AbortSignal | undefined): Promise<Result> {
  for (let began = performance.now(); ; ) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - began < longest) continue;
    await setImmediate();
    throwIfCancelled(signal);
    began = performance.now();
  }
}

/** Hands on one item after the other, in turns likewise. @throws Failure cancelled */
export async function* eachInTurn<Item>(
  items: Iterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item, void> {
  for (const item of items) {
    yield item;
    await setImmediate();
    throwIfCancelled(signal);
  }
}
