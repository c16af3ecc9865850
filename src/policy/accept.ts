import type { Exception } from "./exception.ts";
import type { Verdict } from "./finding.ts";
import { pathPattern } from "./path-pattern.ts";
import { type Finding, listsEveryPath } from "./rules/rules.ts";

/** A finding after exceptions, and the exceptions that matched something of it. */
export interface Accepted {
  readonly finding: Finding;
  readonly by: readonly Exception[];
}

/**
 * Takes out of a finding what exceptions accept. An exception with paths accepts these paths alone, and the finding
 * passes when none is left. One without paths accepts a failure or a warning, but nothing that was not computed.
 */
export function accept(finding: Finding, exceptions: readonly Exception[]): Accepted {
  const { verdict } = finding;
  const about = verdict === "pass" ? [] : exceptions.filter(({ rule }) => rule === finding.rule);
  const whole = verdict === "inconclusive" ? [] : about.filter(({ paths }) => paths === null);
  if (verdict !== "pass" && whole.length > 0) return { finding: pass(finding, verdict, whole), by: whole };
  const { paths = [] } = finding;
  const used = new Set<Exception>();
  const left = paths.filter((path) => {
    const matching = about.filter((exception) => matches(exception, path));
    for (const exception of matching) used.add(exception);
    return matching.length === 0;
  });
  const by = [...used];
  if (verdict === "pass" || by.length === 0) return { finding, by };
  if (left.length > 0 || !listsEveryPath(finding)) return { finding: { ...finding, paths: left }, by };
  return { finding: pass(finding, verdict, by), by };
}

function pass(finding: Finding, verdict: Exclude<Verdict, "pass">, by: readonly Exception[]): Finding {
  const [acceptedUntil = ""] = by.map(({ expires }) => expires).sort();
  return { ...finding, verdict: "pass", softenedFrom: verdict, acceptedUntil };
}

function matches({ paths }: Exception, path: string): boolean {
  return (paths ?? []).some((pattern) => pathPattern(pattern, "exceptions")(path));
}
