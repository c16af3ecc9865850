import type { Store } from "../tools/engine/stores.ts";
import type { Flags } from "./flags.ts";
import { type ImageName, imageSizes } from "./image-plan.ts";

/**
 * Seconds per gigabyte of an image, measured on two cores: for a round, for dive, and before the first round.
 */
const secondsOf: Readonly<Record<Store, { round: number; dive: number; before: number }>> = {
  graphdriver: { round: 20, dive: 15, before: 60 },
  containerd: { round: 30, dive: 40, before: 60 },
};
const secondsOfHead = 8;

/** Estimates how many minutes a run takes, to announce it at the start. */
export function estimateMinutes(
  { rounds, diveRounds, images }: Pick<Flags, "rounds" | "diveRounds" | "images">,
  stores: readonly Store[],
  hasDive: boolean,
): number {
  const seconds = (store: Store, image: ImageName) => {
    const { round, dive, before } = secondsOf[store];
    const measured = rounds * round + (hasDive ? diveRounds[image] * dive : 0);
    return (imageSizes[image].bytes / 1e9) * (before + measured) + rounds * secondsOfHead;
  };
  const all = stores.flatMap((store) => images.map((image) => seconds(store, image)));
  return Math.max(1, Math.round(all.reduce((sum, one) => sum + one, 0) / 60));
}
