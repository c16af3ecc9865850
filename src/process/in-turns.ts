import { setImmediate } from "node:timers/promises";
import { throwIfCancelled } from "../failure.ts";
import type { Work } from "../image/work.ts";

/** Milliseconds for which the event loop may be blocked. */
const maxTurnMs = 50;

/**
 * Does long work in turns with the event loop, so that signals, for example, are handled.
 * @throws Failure cancelled, and whatever the work throws
 */
export async function inTurns<Result>(work: Work<Result>, signal: AbortSignal | undefined): Promise<Result> {
  for (let began = performance.now(); ; ) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - began < maxTurnMs) continue;
    await setImmediate();
    throwIfCancelled(signal);
    began = performance.now();
  }
}

/** Yields the items one by one, in turns with the event loop. @throws Failure cancelled */
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
