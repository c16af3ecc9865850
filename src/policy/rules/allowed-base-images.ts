import { isNormalised, readableReference } from "../../oci/reference.ts";
import { type AllowedImage, allowedImages, isAllowedImage } from "../allowed-images.ts";
import type { FindingOf, Subject } from "../finding.ts";
import { listed, type Sentence, say } from "../sentence.ts";
import { type NoDockerfile, namingDockerfile, noDockerfile } from "./no-dockerfile.ts";
import type { Explanation, Rule } from "./rule.ts";

type Reason = NoDockerfile | "not-allowed" | "not-an-image";

export const allowedBaseImages: Rule<
  "allowed-base-images",
  readonly AllowedImage[],
  readonly string[],
  Reason
> = {
  id: "allowed-base-images",
  about: "base-image",
  title: "The base image is one of a list",
  meaning:
    "Fails when the base image of the final image matches no pattern of the list. The images of other stages are not judged. A pattern is a reference, with or without a tag and a digest, in which `*` stands for any characters except `/`, and `**` for any characters: `gcr.io/distroless/*`, `registry.example.com/**`, `debian:13*`, `alpine@sha256:*`. Names are those of the registry: `debian` is docker.io/library/debian, and `*` alone is every official image of Docker Hub. A pattern without a tag allows every tag, and one without a digest every digest. `scratch` is allowed only if the list has it. A build context in place of a base image is never allowed. Without a Dockerfile the rule is inconclusive.",
  input: {
    description:
      "Base images that the final image may start from, one pattern per line, such as gcr.io/distroless/*. * stands for any characters except /, ** for any characters. scratch must be listed too.",
    value: "pattern",
    isList: true,
    type: allowedImages,
  },
  reasons: [noDockerfile, "not-allowed", "not-an-image"],
  evaluate: ({ head }, allowed) => {
    const rule = "allowed-base-images";
    const limit = allowed.map(({ text }) => text);
    if (head.baseImage === null) {
      return { rule, verdict: "inconclusive", actual: null, limit, reason: noDockerfile };
    }
    const { resolved } = head.baseImage;
    if (isAllowedImage(resolved, allowed)) return { rule, verdict: "pass", actual: 0, limit };
    const isImage = resolved === "scratch" || isNormalised(resolved);
    const reason = isImage ? "not-allowed" : "not-an-image";
    return { rule, verdict: "fail", actual: 1, limit, reason };
  },
  explain: explainAllowed,
};

function explainAllowed(
  { reason, limit }: FindingOf<"allowed-base-images", readonly string[], Reason>,
  { head }: Subject,
): Explanation {
  const name = say`${readableReference(head.baseImage?.resolved ?? "")}`;
  switch (reason) {
    case undefined:
      return {
        remark: say`allowed`,
        short: say`allowed base image`,
        sentence: say`The base image ${name} is allowed.`,
        advice: [],
      };
    case "no-dockerfile":
      return {
        remark: say`may not be allowed`,
        short: say`its base image is unknown`,
        sentence: say`Without a Dockerfile, it is unknown whether the base image is allowed.`,
        advice: namingDockerfile,
      };
    case "not-an-image":
      return {
        remark: say`not an image`,
        short: say`not on an allowed base image`,
        sentence: say`The image starts from the build context ${name} and not from an allowed base image.`,
        advice: startingFrom(limit),
      };
    default:
      return {
        remark: say`not allowed`,
        short: say`its base image is not allowed`,
        sentence: say`The base image ${name} is not allowed.`,
        advice: startingFrom(limit),
      };
  }
}

function startingFrom(patterns: readonly string[]): readonly Sentence[] {
  const [only] = patterns;
  if (only === undefined || patterns.length > maxPatterns) {
    return [
      say`Start the last stage from one of the ${patterns.length} base images in ${"allowed-base-images"}.`,
    ];
  }
  const list = listed(patterns.map((pattern) => say`${pattern}`));
  return [
    patterns.length === 1
      ? say`Start the last stage from ${list}.`
      : say`Start the last stage from one of these base images: ${list}.`,
  ];
}

const maxPatterns = 5;
