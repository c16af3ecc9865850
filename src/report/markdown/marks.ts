import type { Verdict } from "../../policy/finding.ts";

/** A verdict at one look; words always stand beside it. */
export const emoji: Readonly<Record<Verdict, string>> = {
  pass: "✅",
  warn: "⚠️",
  fail: "❌",
  inconclusive: "❓",
};
