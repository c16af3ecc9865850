import type { Store } from "../tools/engine/stores.ts";
import type { Contender, Measured } from "./contenders.ts";
import type { ImageName } from "./image-plan.ts";

/** One measurement. */
export interface Sample extends Measured {
  readonly store: Store;
  readonly image: ImageName;
  /** from 1 */
  readonly round: number;
  readonly contender: Contender;
}

/** One contender with one image on one store. */
export interface Case {
  readonly store: Store;
  readonly image: ImageName;
  readonly contender: Contender;
}

export function samplesOf(samples: readonly Sample[], { store, image, contender }: Case): readonly Sample[] {
  return samples.filter(
    (sample) => sample.store === store && sample.image === image && sample.contender === contender,
  );
}

/** Returns the middle value or the mean of the two middle values. Null for no values. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/**
 * Returns the time of one case divided by that of another: the median of the ratios of each round, so that
 * whatever slows a whole round cancels out. Null if no round has both.
 */
export function timeRatio(samples: readonly Sample[], dividend: Case, divisor: Case): number | null {
  const divisors = new Map(samplesOf(samples, divisor).map(({ round, seconds }) => [round, seconds]));
  const ratios = samplesOf(samples, dividend).flatMap(({ round, seconds }) => {
    const divisorSeconds = divisors.get(round);
    return divisorSeconds === undefined ? [] : [seconds / divisorSeconds];
  });
  return median(ratios);
}

/** Returns the peak memory of our process over all rounds, in bytes. Null if it was not measured. */
export function peakMemory(samples: readonly Sample[], of: Case): number | null {
  const peaks = samplesOf(samples, of)
    .map(({ memory }) => memory)
    .filter((memory) => memory !== null);
  return peaks.length === 0 ? null : Math.max(...peaks);
}
