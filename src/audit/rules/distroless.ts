import type { Inspection } from "../../inspect/inspect.ts";
import type { Finding, FindingReason, Subject, Verdict } from "../judge.ts";
import { listed, type Sentence, say } from "../sentence.ts";
import { havingBase, secondStage } from "./advice.ts";
import type { Explanation, Rule } from "./rule.ts";

export const distroless: Rule = {
  id: "distroless",
  title: "No shell and no package manager in the final image",
  meaning:
    "Distroless means that the final filesystem has no shell and no package manager of an operating system, found by content and links, never judged from the image's name. `fail` requires it, `warn` warns where it is not so, `off` does not look. `ratchet`, the default, fails only what is worse than the base: a distroless image that is none any more, or more shells or more package managers than before. For a new Dockerfile it acts as `fail`; else, without a base, an image that is not distroless is inconclusive. Where something could not be looked into it is inconclusive, too, and with `warn` a warning.",
  evaluate: (subject, { distroless: level }) => {
    switch (level) {
      case "off":
        return null;
      case "fail":
        return required(subject.head, "fail");
      case "warn":
        return required(subject.head, "warn");
      case "ratchet":
        return subject.baseMissing?.reason === "new" ? required(subject.head, "fail") : ratcheted(subject);
    }
  },
  explain: explainDistroless,
};

function required({ distroless, shells, packageManagers }: Inspection, level: "fail" | "warn"): Finding {
  switch (distroless.verdict) {
    case "yes":
      return found("pass", 0);
    case "unknown":
      return found(level === "warn" ? "warn" : "inconclusive", null, "unread", unreadPaths(distroless));
    case "no":
      return found(
        level,
        shells.length + packageManagers.length,
        "not-distroless",
        programPaths(shells, packageManagers),
      );
  }
}

function ratcheted({ head, base, comparison }: Subject): Finding {
  if (head.distroless.verdict !== "no") return required(head, "fail");
  const { shells, packageManagers } = head;
  const count = shells.length + packageManagers.length;
  if (base === null || comparison === null) {
    return found("inconclusive", count, "no-base", programPaths(shells, packageManagers));
  }
  switch (base.distroless.verdict) {
    case "yes":
      return found("fail", count, "worse-than-base", programPaths(shells, packageManagers));
    case "unknown":
      return found("inconclusive", count, "base-unread", programPaths(shells, packageManagers));
    case "no": {
      // Counted, not named: another base image has its shells elsewhere, and is no worse for that.
      const more = [
        ...(shells.length > base.shells.length ? comparison.shells.appeared : []),
        ...(packageManagers.length > base.packageManagers.length ? comparison.packageManagers.appeared : []),
      ];
      if (more.length > 0)
        return found(
          "fail",
          count,
          "worse-than-base",
          more.map(({ path }) => path),
        );
      return found("pass", count, "no-worse-than-base");
    }
  }
}

function found(
  verdict: Verdict,
  actual: number | null,
  reason?: FindingReason,
  paths?: readonly string[],
): Finding {
  return {
    rule: "distroless",
    verdict,
    actual,
    limit: null,
    ...(reason === undefined ? {} : { reason }),
    ...(paths === undefined ? {} : { paths }),
  };
}

function programPaths(...programs: readonly (readonly { readonly path: string }[])[]): readonly string[] {
  return programs.flat().map(({ path }) => path);
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
        sentence: say`The image is not distroless, and has no more shells and package managers than before.`,
        advice: [],
      };
    case "no-base":
      return {
        remark: say`unknown whether worse`,
        short: say`not distroless, perhaps newly so`,
        sentence: say`The image has ${named}, and whether that is worse than before cannot be told without a base.`,
        advice: [...havingBase(subject), ...becomingDistroless(finding, subject)],
      };
    case "base-unread":
      return {
        remark: say`unknown whether worse`,
        short: say`not distroless, perhaps newly so`,
        sentence: say`The image has ${named}, and something in the base could not be looked into, so that whether that is worse cannot be told.`,
        advice: becomingDistroless(finding, subject),
      };
    case "unread":
      return {
        remark: say`could not be looked into`,
        short: say`whether it is distroless is unknown`,
        sentence: say`Whether the image is distroless cannot be told: ${named} could not be looked into.`,
        advice: [
          say`Ship ${named} as it was built, not packed or encrypted, or set ${"distroless: warn"} for this image.`,
        ],
      };
    case "worse-than-base": {
      const was = subject.base?.distroless.verdict === "yes";
      return {
        remark: was ? say`was distroless before` : say`worse than before`,
        short: was ? say`no longer distroless` : say`less distroless than before`,
        sentence: was
          ? say`The image was distroless and now has ${named}.`
          : say`The image has more shells or package managers than before: ${named}.`,
        advice: becomingDistroless(finding, subject),
      };
    }
    default:
      return {
        remark:
          finding.verdict === "warn" && finding.softenedFrom === undefined ? say`wanted` : say`required`,
        short: say`not distroless`,
        sentence: say`The image is not distroless: it has ${named}.`,
        advice: becomingDistroless(finding, subject),
      };
  }
}

function becomingDistroless(finding: Finding, { head }: Subject): readonly Sentence[] {
  const likely = head.shells.filter(
    ({ path, certainty }) => certainty === "likely" && finding.paths?.includes(path),
  );
  return [
    ...secondStage(head),
    ...likely
      .slice(0, 2)
      .map(
        ({ path, kind }) =>
          say`${path} is likely a shell (${kind}), to judge by what it holds. If it is none, set ${"distroless: warn"} for this image.`,
      ),
  ];
}

function firstPaths(paths: readonly string[]): Sentence {
  const shown = paths.length > 4 ? 3 : paths.length;
  const rest = paths.length - shown;
  return listed([
    ...paths.slice(0, shown).map((path) => say`${path}`),
    ...(rest > 0 ? [say`${rest} more`] : []),
  ]);
}
