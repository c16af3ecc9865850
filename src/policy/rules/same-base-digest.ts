import { isPinned, readableReference } from "../../oci/reference.ts";
import { havingBase } from "../advice/missing-base.ts";
import type { FindingOf, Subject } from "../finding.ts";
import { say } from "../sentence.ts";
import { type PlainLevel, plainLevelType, undecided } from "./level.ts";
import { type NoDockerfile, namingDockerfile, noDockerfile } from "./no-dockerfile.ts";
import type { Explanation, Rule } from "./rule.ts";

type Reason = "no-base" | NoDockerfile | "digest-moved" | "digest-unknown" | "reference-changed";

export const sameBaseDigest: Rule<"same-base-digest", PlainLevel, null, Reason> = {
  id: "same-base-digest",
  about: "base-image",
  title: "The base image's digest is the one of the base branch",
  meaning:
    "Fails when the same reference in `FROM` stood for another digest than on the base branch: then the pull request would bring other bytes than its own changes. A changed reference passes, because the pull request says so; `allowed-base-images` and `pinned-base-image` judge it. If the builder did not record both digests, the rule passes for equal layers, and is inconclusive otherwise. `fail` fails, `warn` only warns, and `off`, the default, skips the rule. It does not apply to a new Dockerfile.",
  input: {
    description:
      "Require that an unchanged reference in FROM still stands for the same digest as on the base branch: fail, warn or off.",
    value: "level",
    default: "off",
    type: plainLevelType,
  },
  reasons: ["no-base", noDockerfile, "digest-moved", "digest-unknown", "reference-changed"],
  evaluate: (subject, level) => {
    if (level === "off" || subject.baseMissing?.reason === "new") return null;
    const reason = reasonOf(subject);
    const rule = "same-base-digest";
    switch (reason) {
      case null:
      case "reference-changed":
        return { rule, verdict: "pass", actual: 0, limit: null, ...(reason === null ? {} : { reason }) };
      case "digest-moved":
        return { rule, verdict: level, actual: 1, limit: null, reason };
      default:
        return { rule, verdict: undecided(level), actual: null, limit: null, reason };
    }
  },
  explain: explainDigest,
};

/** Returns null if the digest is the same. */
function reasonOf({ head, base, comparison }: Subject): Reason | null {
  if (base === null || comparison === null) return "no-base";
  if (head.baseImage === null || base.baseImage === null) return noDockerfile;
  const { resolved, digest } = head.baseImage;
  if (resolved !== base.baseImage.resolved) return "reference-changed";
  if (isPinned(resolved)) return null;
  if (digest !== null && base.baseImage.digest !== null) {
    return digest === base.baseImage.digest ? null : "digest-moved";
  }
  return comparison.baseImage.kind === "unchanged" ? null : "digest-unknown";
}

function explainDigest(
  { reason }: FindingOf<"same-base-digest", null, Reason>,
  subject: Subject,
): Explanation {
  const { baseImage } = subject.head;
  const name = say`${readableReference(baseImage?.resolved ?? "")}`;
  switch (reason) {
    case undefined:
      return {
        remark: say`same digest`,
        short: say`the same base image`,
        sentence: say`The base image is the one of the base branch.`,
        advice: [],
      };
    case "reference-changed":
      return {
        remark: say`another reference`,
        short: say`another base image`,
        sentence: say`The reference in ${"FROM"} changed, so its digest may differ.`,
        advice: [],
      };
    case "digest-moved":
      return {
        remark: say`another digest`,
        short: say`its base image moved`,
        sentence: say`${name} stands for another digest than on the base branch.`,
        advice: [
          baseImage?.digest == null
            ? say`Pin the base image to a digest.`
            : say`Pin the base image to its digest in a change of its own: ${`${baseImage.written ?? baseImage.resolved}@${baseImage.digest}`}.`,
        ],
      };
    case "digest-unknown":
      return {
        remark: say`digest unknown`,
        short: say`its base image may have moved`,
        sentence: say`It is unknown whether ${name} stands for the digest of the base branch.`,
        advice: [say`Pin the base image to a digest: then nothing can move.`],
      };
    case "no-base":
      return {
        remark: say`no base to compare with`,
        short: say`its base image may have moved`,
        sentence: say`Without a base, it is unknown whether the base image moved.`,
        advice: havingBase(subject),
      };
    default:
      return {
        remark: say`base image unknown`,
        short: say`its base image is unknown`,
        sentence: say`Without a Dockerfile on both sides, it is unknown whether the base image moved.`,
        advice: namingDockerfile,
      };
  }
}
