import type { Source } from "../../dockerfile/stages/stages.ts";
import type { Inspection } from "../../inspect/inspection.ts";
import { isNormalised, isPinned, parseReference, readableReference } from "../../oci/reference.ts";
import { havingBase } from "../advice/missing-base.ts";
import { type FindingOf, isOwnWarning, type Subject } from "../finding.ts";
import { firstListed, type Sentence, say } from "../sentence.ts";
import {
  atLevel,
  type Counted,
  type Level,
  type LevelReason,
  levelReasons,
  levelType,
  moreOfAKind,
} from "./level.ts";
import { namingDockerfile } from "./no-dockerfile.ts";
import type { Explanation, Rule } from "./rule.ts";

export const pinnedBaseImage: Rule<"pinned-base-image", Level, null, LevelReason> = {
  id: "pinned-base-image",
  about: "base-image",
  title: "Every image that the build reads is pinned to a digest",
  meaning:
    "A tag can name another image tomorrow; a digest cannot. The rule needs a digest in each reference of `FROM`, `COPY --from` and `RUN --mount=from` of the stages that the target needs, such as `debian:13@sha256:…`. References are judged after variables and build contexts were resolved. A build context that is a repository or an archive elsewhere counts as not pinned; a directory of the repository does not count. `fail` fails for an image that is not pinned, `warn` only warns, and `off`, the default, skips the rule. `ratchet` fails only for repositories of which more images are not pinned than in the base. Without a Dockerfile the rule is inconclusive.",
  input: {
    description:
      "Require a digest in every FROM and COPY --from: fail, warn, off, or ratchet, which fails only for images that the base does not use without a digest.",
    value: "level",
    default: "off",
    type: levelType,
  },
  reasons: levelReasons,
  evaluate: (subject, level) => {
    const outcome = atLevel(level, subject, unpinned);
    if (outcome === null) return null;
    const { verdict, reason, count } = outcome;
    return {
      rule: "pinned-base-image",
      verdict,
      actual: count,
      limit: null,
      ...(reason === undefined ? {} : { reason }),
    };
  },
  explain: explainPinned,
};

const unpinned: Counted<Source> = {
  of: unpinnedIn,
  worse: (head, base) =>
    moreOfAKind(unpinnedIn(head) ?? [], unpinnedIn(base) ?? [], {
      kindOf: ({ resolved }) => parseReference(resolved)?.name ?? resolved,
      placeOf: ({ resolved, use }) => `${use} ${resolved}`,
    }),
};

function unpinnedIn({ sources }: Inspection): readonly Source[] | null {
  return sources?.filter(({ resolved }) => !isNormalised(resolved) || !isPinned(resolved)) ?? null;
}

function explainPinned(
  finding: FindingOf<"pinned-base-image", null, LevelReason>,
  subject: Subject,
): Explanation {
  const { head } = subject;
  const { reason } = finding;
  const found = atLevel(reason === "worse-than-base" ? "ratchet" : "fail", subject, unpinned)?.items ?? [];
  const named = firstOf(found);
  if (reason === undefined) {
    return {
      remark: say`pinned`,
      short: say`pinned`,
      sentence: say`Every image that the build reads is pinned to a digest.`,
      advice: [],
    };
  }
  switch (reason) {
    case "unread":
      return {
        remark: say`may not be pinned`,
        short: say`unknown whether its base image is pinned`,
        sentence: say`Without a Dockerfile, it is unknown whether the base image is pinned to a digest.`,
        advice: namingDockerfile,
      };
    case "no-worse-than-base":
      return {
        remark: say`not pinned, as before`,
        short: say`not pinned, as before`,
        sentence: say`Not every image that the build reads is pinned to a digest, as before.`,
        advice: [],
      };
    case "no-base":
    case "base-unread":
      return {
        remark: say`not pinned, maybe as before`,
        short: say`not pinned, maybe as before`,
        sentence: say`These are not pinned to a digest: ${named}. It is unknown whether they were before.`,
        advice: [...havingBase(subject), ...pinning(found, head)],
      };
    case "worse-than-base":
      return {
        remark: say`not pinned: ${named}`,
        short: say`a new image without a digest`,
        sentence: say`Not pinned to a digest, unlike before: ${named}.`,
        advice: pinning(found, head),
      };
    default:
      return {
        remark: isOwnWarning(finding) ? say`should be pinned: ${named}` : say`not pinned: ${named}`,
        short: say`not pinned to a digest`,
        sentence: say`Not pinned to a digest: ${named}.`,
        advice: pinning(found, head),
      };
  }
}

/** `golang:1.24 (line 1), busybox (line 7) and 2 more` */
function firstOf(sources: readonly Source[]): Sentence {
  return firstListed(
    sources,
    maxShown,
    ({ resolved, line }) => say`${readableReference(resolved)} (line ${line})`,
  );
}

const maxShown = 3;

/** Returns the reference to write, if the build showed what the base image's reference stood for. */
function pinning(sources: readonly Source[], { baseImage }: Inspection): readonly Sentence[] {
  const isBase = sources.find(({ use, resolved }) => use === "from" && resolved === baseImage?.resolved);
  const digest = baseImage?.digest ?? null;
  if (isBase === undefined || digest === null || baseImage?.written?.includes("$")) {
    return [say`Add the digest that the tag stands for now to each reference: ${"name:tag@sha256:…"}.`];
  }
  return [
    say`Write ${`FROM ${baseImage?.written}@${digest}`} (line ${isBase.line}), and let a bot update it.`,
  ];
}
