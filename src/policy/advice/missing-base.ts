import type { Subject } from "../finding.ts";
import { type Sentence, say } from "../sentence.ts";

/** Returns how to give the audit a base. */
export function havingBase({ baseMissing }: Subject): readonly Sentence[] {
  const accept = say`To only warn when the base is missing, set ${"missing-base: warn"}.`;
  switch (baseMissing?.reason) {
    case "moved":
      return [say`Set ${"base-file"} to the Dockerfile's old path.`, accept];
    case "build-failed":
      return [
        say`Fix the build on the base branch, or create the files that it lacks with ${"base-prepare"}.`,
        accept,
      ];
    case "unavailable":
      return [say`Run again once the base can be fetched.`, accept];
    case "not-asked":
      return [say`Set ${"compare-with"} to an image to compare with.`];
    default:
      return [];
  }
}
