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

/** What one contender did with one image on one store. */
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

/** The middle value, or the mean of the two in the middle; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/**
 * How many times as long one case took as another: the median of the ratios in each round, so that what slows a whole round
 * down cancels out. Null where no round has both.
 */
export function timeRatio(samples: readonly Sample[], one: Case, other: Case): number | null {
  const divisors = new Map(samplesOf(samples, other).map(({ round, seconds }) => [round, seconds]));
  const ratios = samplesOf(samples, one).flatMap(({ round, seconds }) => {
    const divisor = divisors.get(round);
    return divisor === undefined ? [] : [seconds / divisor];
  });
  return median(ratios);
}

/** Bytes at most that our process held in any round; null where it was not measured. */
export function peakMemory(samples: readonly Sample[], of: Case): number | null {
  const peaks = samplesOf(samples, of)
    .map(({ memory }) => memory)
    .filter((memory) => memory !== null);
  return peaks.length === 0 ? null : Math.max(...peaks);
}
