import type { Verdict } from "../../policy/finding.ts";

/** A verdict at a glance. Words always accompany it. */
export const emoji: Readonly<Record<Verdict, string>> = {
  pass: "✅",
  warn: "⚠️",
  fail: "❌",
  inconclusive: "❓",
};
