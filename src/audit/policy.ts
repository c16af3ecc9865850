import type { Limit } from "./limit.ts";

/** The rules with their limits that apply to one image. Null = no such rule. Bytes are bytes. */
export interface Policy {
  readonly maxSize: number | null;
  readonly warnSize: number | null;
  readonly maxPullSize: number | null;
  readonly maxIncrease: Limit | null;
  readonly warnIncrease: Limit | null;
  readonly maxLayers: number | null;
  readonly distroless: "fail" | "warn" | "ratchet" | "off";
  /** what rules that need an absent base count as: `fail` = inconclusive, which fails; `warn` = a warning */
  readonly missingBase: "fail" | "warn";
  readonly warnOnly: boolean;
}
