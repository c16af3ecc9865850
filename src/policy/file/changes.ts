import type { Exception } from "../exception.ts";
import { defaultTexts, generalKeys, type PolicyKey, policyKeys } from "../keys.ts";
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
  const type = policyKeys.get(key);
  if (type === undefined) return true;
  const settingsOf = (policies: readonly Policy[]) =>
    policies.flatMap(({ texts }) => {
      const text = texts.get(key) ?? (key in generalKeys ? defaultTexts.get(key) : undefined);
      return text === undefined ? [] : [type.parse(text, key)];
    });
  const candidates = settingsOf(others);
  return settingsOf(some).every((setting) => candidates.some((other) => type.isAsStrictAs(other, setting)));
}

/** Returns the strictest setting of a key as it is written; null if no policy sets it. */
function textIn(policies: readonly Policy[], key: PolicyKey): string | null {
  const type = policyKeys.get(key);
  const texts = policies.flatMap(({ texts: each }) => each.get(key) ?? []);
  const [first = null, ...others] = texts;
  if (first === null || type === undefined) return defaultTexts.get(key) ?? null;
  return others.reduce(
    (strictest, text) =>
      type.isAsStrictAs(type.parse(text, key), type.parse(strictest, key)) ? text : strictest,
    first,
  );
}
