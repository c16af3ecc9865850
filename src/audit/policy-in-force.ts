import { distinct } from "../policy/distinct.ts";
import { exceptionsOf, type PolicyChain, policiesOf } from "../policy/file/chain.ts";
import { imageChanges, proposedExceptions, settingChanges } from "../policy/file/changes.ts";
import { type Policy, withDefaults } from "../policy/policy.ts";
import type { PolicyRemark } from "../policy/remark.ts";
import type { PolicySource } from "../policy/source.ts";
import type { PolicyFiles } from "./policy-files.ts";

/** What an image is judged by, and what to say about that. */
export interface PolicyInForce {
  readonly policies: readonly Policy[];
  /** what the change wants otherwise */
  readonly remarks: readonly PolicyRemark[];
}

/**
 * Returns the policies that judge an image. Where a policy file holds, inputs and the change's own file only
 * tighten it: each judges on its own, and the worst finding counts.
 * @param image its name
 * @param today as YYYY-MM-DD
 */
export function policyInForce(
  inputs: Policy,
  { holding, proposed }: PolicyFiles,
  image: string,
  today: string,
): PolicyInForce {
  const policiesWith = (chain: PolicyChain | null) =>
    chain === null ? withDefaults([inputs]) : withDefaults(policiesOf(chain, image, today), [inputs]);
  const held = policiesWith(holding);
  if (proposed === null) return { policies: held, remarks: [] };
  const wanted = policiesWith(proposed);
  return {
    // The inputs are on both sides.
    policies: [...new Set([...held, ...wanted])],
    remarks: [
      ...settingChanges(held, wanted),
      ...imageChanges(holding?.file.images.get(image), proposed.file.images.get(image)),
      ...proposedExceptions(exceptionsOf(holding, image), exceptionsOf(proposed, image)),
    ],
  };
}

/** Returns where the policies come from that set something, each once. */
export function sourcesOf(policies: readonly Policy[]): readonly PolicySource[] {
  return distinct(policies.filter(({ texts }) => texts.size > 0).map(({ source }) => source));
}
