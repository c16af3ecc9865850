import { withoutGit } from "../../policy/advice/git-directories.ts";
import type { AuditedImage } from "../../policy/audit-record.ts";
import { distinct } from "../../policy/distinct.ts";
import { explain } from "../../policy/rules/rules.ts";
import type { Sentence } from "../../policy/sentence.ts";
import { worstFirst } from "./headline.ts";

/** Returns what to do about the findings, the worst first, then advice for any image, without repeats. */
export function adviceOn(image: AuditedImage): readonly Sentence[] {
  const all = worstFirst(image.findings).flatMap((finding) =>
    finding.verdict === "pass" ? [] : explain(finding, image).advice,
  );
  return [...distinct(all).slice(0, maxAdvice), ...withoutGit(image.head)];
}

const maxAdvice = 5;
