import type { Exception } from "../exception.ts";
import { defaultTexts, generalKeys, isAsStrict, type PolicyKey, parseSetting, policyKeys } from "../keys.ts";
import type { Policy } from "../policy.ts";
import type { ImageKey, PolicyRemark } from "../remark.ts";
import type { FileImage } from "./policy-file.ts";

/**
 * Returns how proposed policies differ from those that hold: what is stricter, and what is looser or otherwise
 * different. A key whose settings are as strict on both sides has no remark.
 */
export function settingChanges(
  holding: readonly Policy[],
  proposed: readonly Policy[],
): readonly PolicyRemark[] {
  return [...policyKeys.keys()].flatMap((key): readonly PolicyRemark[] => {
    const isLooser = !isCovered(key, holding, proposed);
    const isStricter = !isCovered(key, proposed, holding);
    if (!isLooser && !isStricter) return [];
    const [before, after] = [textIn(holding, key), textIn(proposed, key)];
    return [{ kind: "setting", key, before, after, counts: !isLooser }];
  });
}

/** Returns the exceptions that are proposed and not yet held. */
export function proposedExceptions(
  holding: readonly Exception[],
  proposed: readonly Exception[],
): readonly PolicyRemark[] {
  const known = new Set(holding.map((exception) => JSON.stringify(exception)));
  return proposed
    .filter((exception) => !known.has(JSON.stringify(exception)))
    .map((exception) => ({ kind: "exception", state: "proposed", exception }));
}

/** Returns what is proposed to be built instead. */
export function imageChanges(
  holding: FileImage | undefined,
  proposed: FileImage | undefined,
): readonly PolicyRemark[] {
  if (holding === undefined) return [];
  return imageKeys.flatMap((key): readonly PolicyRemark[] => {
    const [before, after] = [holding[key], proposed?.[key] ?? null];
    return before === after ? [] : [{ kind: "image", key, before, after }];
  });
}

export const imageKeys: readonly ImageKey[] = ["context", "file", "target", "platforms"];

/** Reports whether each setting of some policies has one among others that is as strict. */
function isCovered(key: PolicyKey, some: readonly Policy[], others: readonly Policy[]): boolean {
  const candidates = textsOf(others, key).map((text) => parseSetting(key, text));
  return textsOf(some, key)
    .map((text) => parseSetting(key, text))
    .every((setting) => setting === null || candidates.some((other) => isAsStrict(key, other, setting)));
}

/** Returns how policies set a key; for a key about all rules, its default where a policy does not. */
function textsOf(policies: readonly Policy[], key: PolicyKey): readonly string[] {
  return policies.flatMap(
    ({ texts }) => texts.get(key) ?? (key in generalKeys ? defaultTexts.get(key) : null) ?? [],
  );
}

/** Returns the strictest setting of a key as it is written; null if no policy sets it. */
function textIn(policies: readonly Policy[], key: PolicyKey): string | null {
  const [first = null, ...others] = textsOf(policies, key);
  if (first === null) return null;
  return others.reduce(
    (strictest, text) =>
      isAsStrict(key, parseSetting(key, text), parseSetting(key, strictest)) ? text : strictest,
    first,
  );
}
