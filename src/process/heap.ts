import { setFlagsFromString } from "node:v8";

/**
 * Keeps V8's heap near what is in use. Streams leave garbage that dies young: V8 would rather let the young part of the heap
 * grow to some 100 MB, and the old one to four times what lives, than collect more often, which costs next to nothing here.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=40");
  // What survives is so little that handing it to several threads takes longer than to collect it.
  setFlagsFromString("--no-parallel-scavenge");
}
