import { type FindingOf, isOwnWarning, type Subject } from "../finding.ts";
import { say } from "../sentence.ts";
import { levels } from "../words.ts";
import { undecided } from "./level.ts";
import type { Explanation, Rule } from "./rule.ts";

type Level = "non-root" | "warn-non-root" | "off";

type Reason = "runs-as-root" | "account-unknown" | "root-group";

export const user: Rule<"user", Level, null, Reason> = {
  id: "user",
  about: "user",
  title: "The container does not start as root",
  meaning:
    "`non-root` fails when a container of the image starts as root: without `USER`, or with a user that is number 0 or has number 0 in `/etc/passwd`, whatever its name is. `warn-non-root` only warns, and `off`, the default, skips the rule. A user who is not root but in group 0 passes, and the report says so: a user without an entry in `/etc/passwd` is in group 0, unless `USER` names another group. If the account cannot be determined, such as a name without an entry, the rule is inconclusive. What an entrypoint does later, such as dropping privileges with gosu, does not count.",
  input: {
    description: "Require a user other than root: non-root, warn-non-root or off.",
    value: "level",
    default: "off",
    type: levels(["non-root", "warn-non-root", "off"]),
  },
  reasons: ["runs-as-root", "account-unknown", "root-group"],
  evaluate: ({ head }, level) => {
    if (level === "off") return null;
    const rule = "user";
    const plainLevel = level === "non-root" ? "fail" : "warn";
    const { isRoot, isInRootGroup } = head.runsAs;
    if (isRoot === null)
      return { rule, verdict: undecided(plainLevel), actual: null, limit: null, reason: "account-unknown" };
    if (isRoot) return { rule, verdict: plainLevel, actual: 1, limit: null, reason: "runs-as-root" };
    const reason = isInRootGroup ? { reason: "root-group" as const } : {};
    return { rule, verdict: "pass", actual: 0, limit: null, ...reason };
  },
  explain: explainUser,
};

function explainUser(finding: FindingOf<"user", null, Reason>, { head }: Subject): Explanation {
  switch (finding.reason) {
    case "runs-as-root": {
      const how = head.user === null || head.user === "" ? say`without ${"USER"}` : say`as ${head.user}`;
      return {
        remark: isOwnWarning(finding) ? say`non-root wanted` : say`must not be root`,
        short: say`starts as root`,
        sentence: say`The container starts as root (${how}).`,
        advice: [
          say`Write ${"USER 65532"} at the end of the last stage, and give that user what it must write with ${"COPY --chown=65532:65532"}.`,
        ],
      };
    }
    case "account-unknown":
      return {
        remark: say`unknown account`,
        short: say`its user is unknown`,
        sentence: say`It is unknown whether the user ${head.user ?? ""} is root (${{ words: head.runsAs.unknown ?? "" }}).`,
        advice: [
          say`Write ${"USER"} as a number, such as ${"USER 65532"}, or create the account in the last stage.`,
        ],
      };
    case "root-group":
      return {
        remark: say`non-root, but in group root`,
        short: say`not root`,
        sentence: say`The container does not start as root, but in group 0, which may read and write what belongs to that group.`,
        advice: [],
      };
    default:
      return {
        remark: say`non-root`,
        short: say`not root`,
        sentence: say`The container does not start as root.`,
        advice: [],
      };
  }
}
