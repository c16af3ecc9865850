import type { Start } from "../../inspect/start/start.ts";
import { type FindingOf, isOwnWarning, type Subject, type Verdict } from "../finding.ts";
import { say } from "../sentence.ts";
import { levels } from "../words.ts";
import type { Explanation, Rule } from "./rule.ts";
import { adviceOnStart, problemInShort, problemSentence } from "./start-words.ts";

const reasons = [
  /** the image cannot start; for ratchet, whether its base could is also unknown */
  "cannot-start",
  /** for ratchet: the image cannot start, and its base could */
  "starts-no-longer",
  /** for ratchet: neither the image nor its base can start */
  "cannot-start-either",
  /** neither could be proven */
  "start-unknown",
] as const;

type Level = "fail" | "ratchet" | "warn" | "off";
type Reason = (typeof reasons)[number];
type Finding = FindingOf<"starts", null, Reason>;

export const starts: Rule<"starts", Level, null, Reason> = {
  id: "starts",
  about: "start",
  title: "The image's own command can start",
  meaning:
    "The image's bytes show whether its ENTRYPOINT and CMD can start on its platform: the program, its interpreters, its libraries and their symbol versions, the account of `USER`, and whether the kernel may execute them. Nothing is run. `fail` fails for an image that cannot start, `warn` only warns, and `off` skips the rule. `ratchet`, the default, fails unless the base could not start either, and then warns. Without a base it fails, because the proof needs none. What cannot be proven either way passes, and the report says so. Examples are an image without a command, and a script that does more than run one program. An image that can start may still contain an application that does not work.",
  input: {
    description:
      "Require a final image whose own command can start: fail, warn, off, or ratchet, which only warns if the base could not start either.",
    value: "level",
    default: "ratchet",
    type: levels(["fail", "ratchet", "warn", "off"]),
  },
  reasons,
  evaluate: ({ head, base }, level) => {
    if (level === "off") return null;
    switch (head.start.verdict) {
      case "yes":
        return found("pass", head.start);
      case "unknown":
        return found("pass", head.start, "start-unknown");
      case "no":
        return level === "ratchet"
          ? ratcheted(head.start, base?.start.verdict ?? null)
          : found(level, head.start, "cannot-start");
    }
  },
  explain: explainStart,
};

function ratcheted(start: Start, base: Start["verdict"] | null): Finding {
  if (base === "no") return found("warn", start, "cannot-start-either");
  return found("fail", start, base === "yes" ? "starts-no-longer" : "cannot-start");
}

function found(verdict: Verdict, start: Start, reason?: Reason): Finding {
  const isProven = start.verdict !== "unknown";
  const paths = [...new Set(start.problems.map(({ path }) => path))].filter((path) => path.startsWith("/"));
  return {
    rule: "starts",
    verdict,
    actual: isProven ? start.problems.length : null,
    limit: null,
    ...(reason === undefined ? {} : { reason }),
    ...(start.verdict === "no" ? { paths } : {}),
  };
}

function explainStart(finding: Finding, { head, base }: Subject): Explanation {
  const { problems, unproven } = head.start;
  const [problem] = problems;
  switch (finding.reason) {
    case undefined:
      return {
        remark: say`proven, not run`,
        short: say`can start`,
        sentence: say`The image's command can start: its program and that program's libraries are in the image.`,
        advice: [],
        ...(base?.start.verdict === "no" ? { praise: say`can start now` } : {}),
      };
    case "start-unknown":
      return {
        remark: say`not proven`,
        short: say`may be unable to start`,
        sentence: say`Whether the image's command can start is not proven. ${{ words: unproven[0] ?? "" }}`,
        advice: [],
      };
    default: {
      const others = problems.length - 1;
      const rest = others > 0 ? say` Other problems: ${others}.` : [];
      const what = problem === undefined ? [] : say`: ${problemSentence(problem)}${rest}`;
      const why = problem === undefined ? [] : say` (${problemInShort(problem)})`;
      return {
        remark: remarkOn(finding),
        short: say`cannot start${why}`,
        sentence: say`The image cannot start${what}`,
        advice: adviceOnStart(head),
      };
    }
  }
}

function remarkOn(finding: Finding): Explanation["remark"] {
  if (finding.reason === "starts-no-longer") return say`could start before`;
  if (finding.reason === "cannot-start-either") return say`could not start before either`;
  return isOwnWarning(finding) ? say`wanted` : say`required`;
}
