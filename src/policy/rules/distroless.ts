import type { Inspection, PackageManager, Shell } from "../../inspect/inspection.ts";
import { havingBase } from "../advice/missing-base.ts";
import { secondStage } from "../advice/second-stage.ts";
import { type FindingOf, isOwnWarning, type Subject } from "../finding.ts";
import { firstListed, type Sentence, say } from "../sentence.ts";
import {
  atLevel,
  type Counted,
  type Level,
  type LevelReason,
  levelReasons,
  levelType,
  type Outcome,
} from "./level.ts";
import type { Explanation, Rule } from "./rule.ts";

const reasons = [
  ...levelReasons.filter((reason) => reason !== "present" && reason !== "present-in-new"),
  /** the image has a shell or package manager */
  "not-distroless",
  /** ratchet: a new image has one */
  "not-distroless-yet",
] as const;

type Reason = (typeof reasons)[number];
type Finding = FindingOf<"distroless", null, Reason>;
type Program = Shell | PackageManager;

export const distroless: Rule<"distroless", Level, null, Reason> = {
  id: "distroless",
  about: "distroless",
  title: "The final image has no shell and no package manager",
  meaning:
    "An image is distroless when its final filesystem has no shell and no operating system package manager. Both are found by content and links; the image's name does not matter. `fail` requires a distroless image, `warn` only warns, and `off` skips the rule. `ratchet`, the default, fails only when the image is worse than the base: it is no longer distroless, it has more shells or package managers, or it has one of a new kind, such as BusyBox in place of bash. A new kind passes if there are fewer kinds than before. With a new Dockerfile there is no base to be worse than, so the rule only warns. If the base is missing for another reason, an image that is not distroless is inconclusive. If something could not be examined, the rule is inconclusive, or warns if it would only warn.",
  input: {
    description:
      "Require a final image without a shell or package manager: fail, warn, off, or ratchet, which fails only if the image is worse than the base.",
    value: "level",
    default: "ratchet",
    type: levelType,
  },
  reasons,
  listsEveryPath: true,
  evaluate: (subject, level) => {
    const outcome = atLevel(level, subject, programs);
    return outcome === null ? null : findingOf(outcome, subject.head);
  },
  explain: explainDistroless,
};

const programs: Counted<Program> = {
  of: ({ distroless, shells, packageManagers }) =>
    distroless.verdict === "unknown" ? null : [...shells, ...packageManagers],
  worse: (head, base, { comparison }) => [
    ...worseThan(base.shells, head.shells, comparison?.shells.appeared ?? []),
    ...worseThan(base.packageManagers, head.packageManagers, comparison?.packageManagers.appeared ?? []),
  ],
};

function findingOf({ verdict, reason, items, count }: Outcome<Program>, head: Inspection): Finding {
  const paths = reason === "unread" ? unreadPaths(head.distroless) : items.map(({ path }) => path);
  return {
    rule: "distroless",
    verdict,
    actual: count,
    limit: null,
    ...(reason === undefined ? {} : { reason: ownReason(reason) }),
    ...(paths.length === 0 ? {} : { paths }),
  };
}

function ownReason(reason: LevelReason): Reason {
  if (reason === "present") return "not-distroless";
  return reason === "present-in-new" ? "not-distroless-yet" : reason;
}

/**
 * Returns what is worse: programs that appeared if there are more than before, and programs of a
 * new kind unless there are fewer kinds. Paths are not compared: another base image has its programs
 * elsewhere and is no worse for it.
 */
function worseThan<Kind extends Program>(
  base: readonly Kind[],
  head: readonly Kind[],
  appeared: readonly Kind[],
): readonly Kind[] {
  const before = new Set(base.map(kindOf));
  const worse = new Set(head.length > base.length ? appeared : []);
  if (new Set(head.map(kindOf)).size >= before.size) {
    for (const program of head) if (!before.has(kindOf(program))) worse.add(program);
  }
  return [...worse];
}

function kindOf(program: Program): string {
  return "kind" in program ? program.kind : program.name;
}

function unreadPaths({ evidence }: Inspection["distroless"]): readonly string[] {
  return evidence.filter(({ kind }) => kind === "unread").map(({ path }) => path);
}

function explainDistroless(finding: Finding, subject: Subject): Explanation {
  const named = firstPaths(finding.paths ?? []);
  switch (finding.reason) {
    case undefined:
      return {
        remark: say`no shell, no package manager`,
        short: say`distroless`,
        sentence: say`The image is distroless: it has no shell and no package manager.`,
        advice: [],
      };
    case "no-worse-than-base":
      return {
        remark: say`no worse than before`,
        short: say`no worse than before`,
        sentence: say`The image is not distroless, but has no more shells or package managers than before.`,
        advice: [],
      };
    case "no-base":
      return {
        remark: say`may be worse than before`,
        short: say`not distroless, maybe worse than before`,
        sentence: say`The image has ${named}. Without a base, it is unknown whether that is worse than before.`,
        advice: [...havingBase(subject), ...becomingDistroless(finding, subject)],
      };
    case "base-unread":
      return {
        remark: say`may be worse than before`,
        short: say`not distroless, maybe worse than before`,
        sentence: say`The image has ${named}. It is unknown whether that is worse, since something in the base could not be examined.`,
        advice: becomingDistroless(finding, subject),
      };
    case "unread":
      return {
        remark: say`could not be examined`,
        short: say`may not be distroless`,
        sentence: say`It is unknown whether the image is distroless: ${named} could not be examined.`,
        advice: [
          say`Ship ${named} as it was built, not packed or encrypted, or set ${"distroless: warn"} for this image.`,
        ],
      };
    case "not-distroless-yet":
      return {
        remark: say`its Dockerfile is new`,
        short: say`not distroless`,
        sentence: say`The new image is not distroless: it has ${named}. From now on, the rule fails only if it gets worse.`,
        advice: becomingDistroless(finding, subject),
      };
    case "worse-than-base":
      return {
        ...worsening(named, subject),
        advice: [...leavingOut(finding, subject), ...doubts(finding, subject.head)],
      };
    default:
      return {
        remark: isOwnWarning(finding) ? say`wanted` : say`required`,
        short: say`not distroless`,
        sentence: say`The image is not distroless: it has ${named}.`,
        advice: becomingDistroless(finding, subject),
      };
  }
}

function worsening(named: Sentence, { head, base }: Subject): Omit<Explanation, "advice"> {
  if (base === null || base.distroless.verdict === "yes") {
    return {
      remark: say`was distroless before`,
      short: say`no longer distroless`,
      sentence: say`The image was distroless and now has ${named}.`,
    };
  }
  const isMore =
    head.shells.length > base.shells.length || head.packageManagers.length > base.packageManagers.length;
  if (isMore) {
    return {
      remark: say`worse than before`,
      short: say`less distroless than before`,
      sentence: say`The image has more shells or package managers than before: ${named}.`,
    };
  }
  return {
    remark: say`a new kind`,
    short: say`a new kind of shell or package manager`,
    sentence: say`The image has a new kind of shell or package manager: ${named}.`,
  };
}

function becomingDistroless(finding: Finding, { head }: Subject): readonly Sentence[] {
  return [...secondStage(head), ...doubts(finding, head)];
}

/** Returns how to leave programs out. On an unchanged base image, the Dockerfile's own lines added them. */
function leavingOut({ paths = [] }: Finding, { head, base, comparison }: Subject): readonly Sentence[] {
  const isOwn = base?.distroless.verdict === "yes" && comparison?.baseImage.kind === "unchanged";
  if (!isOwn) return secondStage(head);
  const lines = comparison.grownFiles.filter(({ path }) => paths.includes(path)).map(({ line }) => line);
  const [line = null] = lines;
  const where = line === null ? [] : say` (line ${line})`;
  return [
    say`Leave ${firstPaths(paths)} out of the last stage${where}, and run what needs ${paths.length === 1 ? say`it` : say`them`} in an earlier one.`,
  ];
}

/** Says which paths are only likely shells. Empty next to a certain shell, where they change nothing. */
function doubts(finding: Finding, { shells }: Inspection): readonly Sentence[] {
  const likely = isOwnWarning(finding) ? null : likelyAt(finding.paths ?? [], shells);
  return (likely ?? [])
    .slice(0, 2)
    .map(
      ({ path, kind }) =>
        say`${path} is likely a shell (${kind}), judging by its content. If it is not, set ${"distroless: warn"} for this image.`,
    );
}

/** Returns the shells at these paths, in their order; null unless all are likely. There may be a million. */
function likelyAt(paths: readonly string[], shells: readonly Shell[]): readonly Shell[] | null {
  const found: Shell[] = [];
  let index = 0;
  for (const path of paths) {
    while (index < shells.length && shells[index]?.path !== path) index += 1;
    const shell = shells[index];
    if (shell?.certainty !== "likely") return null;
    found.push(shell);
    index += 1;
  }
  return found;
}

function firstPaths(paths: readonly string[]): Sentence {
  return firstListed(paths, 4, (path) => say`${path}`);
}
