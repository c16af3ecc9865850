import { distinct } from "./distinct.ts";
import type { Exception } from "./exception.ts";
import {
  defaultTexts,
  generalKeys,
  isAsStrict,
  off,
  type PolicyKey,
  parseSetting,
  policyKeys,
} from "./keys.ts";
import type { Policy } from "./policy.ts";
import type { PolicyRemark } from "./remark.ts";
import type { PolicySource } from "./source.ts";

/** The policy of one image, for people who ask what holds. */
export interface PolicyListing {
  readonly schemaVersion: 1;
  readonly image: string;
  /** every key that something sets; a key that several sources set is there several times, and each holds */
  readonly settings: readonly ListedSetting[];
  /** rules that nothing sets */
  readonly unset: readonly PolicyKey[];
  /** those in force */
  readonly exceptions: readonly Exception[];
  readonly remarks: readonly PolicyRemark[];
}

export interface ListedSetting {
  readonly key: PolicyKey;
  /** as written */
  readonly text: string;
  readonly source: PolicySource;
  /** 1-based; null if it is not from a file */
  readonly line: number | null;
}

/** Lists what policies set, key by key, the strictest setting of a key first. */
export function listPolicies(
  image: string,
  policies: readonly Policy[],
  remarks: readonly PolicyRemark[],
): PolicyListing {
  const settings = [...policyKeys.keys()].flatMap((key) =>
    policies
      .flatMap(({ texts, source, lines }): readonly ListedSetting[] => {
        const text = texts.get(key);
        if (text === undefined || isImplied(key, text, source)) return [];
        return [{ key, text, source, line: lines.get(key) ?? null }];
      })
      .toSorted((a, b) => {
        const [one, other] = [parseSetting(key, a.text), parseSetting(key, b.text)];
        return Number(isAsStrict(key, other, one)) - Number(isAsStrict(key, one, other));
      }),
  );
  const set = new Set(settings.map(({ key }) => key));
  return {
    schemaVersion: 1,
    image,
    settings: distinct(settings, ({ key, text }) => `${key} ${text}`),
    unset: [...policyKeys.keys()].filter((key) => !set.has(key) && !(key in generalKeys)),
    exceptions: distinct(policies.flatMap(({ exceptions }) => exceptions)),
    remarks,
  };
}

/**
 * Reports whether a text only repeats a default: inputs and the defaults' own policy have general keys as well, and
 * most rules are off.
 */
function isImplied(key: PolicyKey, text: string, { kind }: PolicySource): boolean {
  if (kind === "default" && text === off) return true;
  if (!(key in generalKeys)) return false;
  return kind === "default" || (kind === "inputs" && text === defaultTexts.get(key));
}
