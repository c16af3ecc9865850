import type { BuildStep } from "../dockerfile/build-record/build-record.ts";
import { isFollowed } from "../dockerfile/parse/frontend.ts";
import { stepOfLayer } from "../inspect/layer-chain.ts";
import type { Side } from "./comparison.ts";

/**
 * Reports whether two layers, at the same index above the same layers, differ only because of the outside
 * world, such as a package archive. Drift is exempt from growth rules, so that the answer is false in doubt.
 *
 * Dockerfiles play no role. The builder's records must show the same operation on both sides, with no input
 * but the layers below: no file of the repository, of a stage or of a cache, no secret, and no network on
 * which other steps can be reached. Both commands must have run: on one builder, an unchanged step is a cache
 * hit with the same bytes, so that a difference would have a cause that we do not see.
 */
export function isDrift(index: number, headSide: Side, baseSide: Side): boolean {
  const head = commandOf(index, headSide);
  const base = commandOf(index, baseSide);
  return head !== null && base !== null && head.operation === base.operation;
}

function commandOf(index: number, { record, inspection }: Side): BuildStep | null {
  if (record == null || !record.ignoredCache || !isFollowed(record.frontend)) return null;
  const step = stepOfLayer(record, index, inspection.layers);
  return step?.isClosedCommand ? step : null;
}
