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
  const { verdict, paths = [] } = finding;
  if (verdict === "pass") return { finding, by: [] };
  const about = exceptions.filter(({ rule }) => rule === finding.rule);
  const whole = verdict === "inconclusive" ? [] : about.filter((exception) => exception.paths === null);
  if (whole.length > 0) return { finding: pass(finding, verdict, whole), by: whole };
  const used = new Set<Exception>();
  const matchers = about.map((exception) => ({ exception, matches: matcherOf(exception) }));
  const left = paths.filter((path) => {
    const matching = matchers.filter(({ matches }) => matches(path));
    for (const { exception } of matching) used.add(exception);
    return matching.length === 0;
  });
  const by = [...used];
  if (by.length === 0) return { finding, by };
  const isAccepted = left.length === 0 && listsEveryPath(finding);
  return { finding: isAccepted ? pass(finding, verdict, by) : { ...finding, paths: left }, by };
}

function pass(finding: Finding, verdict: Exclude<Verdict, "pass">, by: readonly Exception[]): Finding {
  const [acceptedUntil = ""] = by.map(({ expires }) => expires).sort();
  return { ...finding, verdict: "pass", softenedFrom: verdict, acceptedUntil };
}

/** There may be a hundred thousand paths, so each pattern is parsed once. */
function matcherOf({ paths }: Exception): (path: string) => boolean {
  const patterns = (paths ?? []).map((pattern) => pathPattern(pattern, "exceptions"));
  return (path) => patterns.some((matches) => matches(path));
}
