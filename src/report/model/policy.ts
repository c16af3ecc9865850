import type { AuditPolicy } from "../../policy/audit-record.ts";
import type { Exception } from "../../policy/exception.ts";
import type { ExceptionState, FileRole, PolicyRemark } from "../../policy/remark.ts";
import { listed, type Sentence, say } from "../../policy/sentence.ts";
import { nameOfSource } from "../../policy/source.ts";

/** Returns what readers should know about the policy: what the change wants otherwise, and its exceptions. */
export function policyRemarks(policy: AuditPolicy | undefined): readonly Sentence[] {
  const remarks = policy?.remarks ?? [];
  const shown = remarks.slice(0, maxRemarks).map(sentenceOf);
  const rest = remarks.length - shown.length;
  return rest > 0 ? [...shown, say`and ${rest} more: see the report in the run's files.`] : shown;
}

const maxRemarks = 20;

/** Returns where the policy comes from; empty if only defaults and inputs hold. */
export function policySources(policy: AuditPolicy | undefined): readonly Sentence[] {
  const files = (policy?.sources ?? []).filter(({ kind }) => kind !== "default" && kind !== "inputs");
  if (files.length === 0) return [];
  return [say`The policy is from ${listed(files.map(nameOfSource))}. Inputs can only tighten it.`];
}

function sentenceOf(remark: PolicyRemark): Sentence {
  switch (remark.kind) {
    case "setting": {
      const change = say`${settingOf(remark.key, remark.after)} in place of ${settingOf(remark.key, remark.before)}`;
      return remark.counts
        ? say`This change tightens the policy: ${change}. It counts already.`
        : say`This change loosens the policy: ${change}. That takes effect after the merge.`;
    }
    case "image":
      return say`This change wants another image to be audited: ${settingOf(remark.key, remark.after)} in place of ${settingOf(remark.key, remark.before)}. That takes effect after the merge.`;
    case "file":
      return say`This change edits ${remark.path}, ${[roles[remark.role]]}.`;
    case "exception":
      return say`${[states[remark.state]]} ${acceptance(remark.exception, remark.state)}`;
  }
}

function settingOf(key: string, text: string | null): Sentence {
  return text === null ? say`no ${key}` : say`${`${key}: ${text.replaceAll("\n", ", ")}`}`;
}

const roles: Readonly<Record<FileRole, string>> = {
  policy: "which holds the policy",
  workflow: "the workflow that runs this audit",
  "ignore-file": "which decides what the build can see",
  owners: "which decides who has to review",
  "builder-policy": "a policy that buildx evaluates by itself, though not in this audit",
};

const states: Readonly<Record<ExceptionState, string>> = {
  proposed: "This change proposes an exception, which takes effect after the merge:",
  used: "Accepted:",
  soon: "Accepted, but not for long:",
  unused: "This exception matches nothing and can be removed:",
  expired: "This exception has expired and no longer counts:",
};

/** `distroless for /usr/bin/busybox (until 2027-03-31). Debug shell` */
export function acceptance(exception: Exception, state: ExceptionState = "used"): Sentence {
  return say`${exceptionOf(exception)} ${endOf(state, exception)} ${{ words: exception.reason }}`;
}

/** `distroless for /usr/bin/busybox` */
function exceptionOf({ rule, paths }: Exception): Sentence {
  return paths === null ? say`${rule}` : say`${rule} for ${listed(paths.map((path) => say`${path}`))}`;
}

function endOf(state: ExceptionState, { expires }: Exception): Sentence {
  return state === "expired" ? say`(its last day was ${[expires]}).` : say`(until ${[expires]}).`;
}
