import type { BuildStep } from "../dockerfile/build-record/build-record.ts";
import { isFollowed } from "../dockerfile/parse/frontend.ts";
import { stepOfLayer } from "../inspect/layer-chain.ts";
import type { Side } from "./comparison.ts";

/**
 * Whether two layers, in the same place on the same layers, differ by nobody's doing: then the world outside made them
 * differ, such as a package archive. Drift is exempt from growth rules, so that doubt is "no".
 *
 * Nothing is read out of Dockerfiles for it. The builder's own records must show one command on either side, told to do
 * the very same, and given nothing but the layers below it: no file of the repository, of a stage, of a cache, no
 * secret, and no network that other steps can be reached on. And both must have run: on one builder an unchanged step
 * is a cache hit and has the same bytes, so that a difference there has a reason that we do not see.
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
