import { contenders } from "../../bench/contenders.ts";
import { imageNames } from "../../bench/image-plan.ts";
import type { Sample } from "../../bench/samples.ts";
import { stores } from "../../tools/engine/stores.ts";

/** One sample of each contender, image and store that keeps every goal; with what is given instead. */
export function goodSamples(
  change: (sample: Sample) => Sample | null = (sample) => sample,
): readonly Sample[] {
  const seconds = { floor: 10, cold: 5, known: 0.5, dive: 30, start: 0.1 } as const;
  return stores.flatMap((store) =>
    imageNames.flatMap((image) =>
      contenders.flatMap((contender) => {
        const isOurs = contender === "cold" || contender === "known";
        const memory = isOurs ? 100_000_000 : null;
        const route = isOurs ? "push" : null;
        return (
          change({ store, image, contender, round: 1, seconds: seconds[contender], memory, route }) ?? []
        );
      }),
    ),
  );
}
