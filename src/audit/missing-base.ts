import { type BuildDefinition, dockerfileOf } from "../docker/build/definition.ts";
import { Failure, type FailureCode } from "../failure.ts";
import type { BaseCommit } from "../git/commit.ts";
import { formerDockerfile } from "../git/former-dockerfile.ts";
import type { Repository } from "../git/repository.ts";
import type { MissingBase } from "../policy/finding.ts";

/** Why the base's checkout has no Dockerfile to build: it is new, or it was elsewhere. */
export async function whyAbsent(
  definition: BuildDefinition,
  base: BaseCommit,
  repository: Repository,
): Promise<MissingBase> {
  const path = dockerfileOf(definition);
  const former = await formerDockerfile(repository, base.commit, { path, context: definition.context });
  switch (former.kind) {
    case "nothing":
      return { reason: "new", message: `${path} is new: ${base.name} has no such Dockerfile.` };
    case "dockerfile":
      return {
        reason: "moved",
        message: `${path} is not at ${base.name}, which has ${former.path}. If it was moved, set base-file: ${former.path}. If this is another image, missing-base: warn accepts that it has no base yet.`,
      };
    case "not-checked-out":
      return {
        reason: "unavailable",
        message: `${former.path} is at ${base.name}, but not in a checkout made like the head's. Check that its submodules can be fetched, and that sparse-checkout takes it in.`,
      };
    case "not-committed":
      return {
        reason: "unavailable",
        message: `${path} is not committed, so that ${base.name} cannot have it. Commit it, or make it there with base-prepare.`,
      };
  }
}

type Reasons = Partial<Record<FailureCode, MissingBase["reason"]>>;

const reasonsNotBuilt: Reasons = {
  "build-failed": "build-failed",
  "dockerfile-missing": "build-failed",
  "dockerfile-invalid": "build-failed",
  "file-refused": "build-failed",
  "target-unknown": "build-failed",
  "context-outside-workspace": "build-failed",
  "base-prepare-failed": "build-failed",
  "pull-throttled": "unavailable",
  "git-base-unknown": "unavailable",
  "git-commit-unavailable": "unavailable",
  "git-failed": "unavailable",
};

export const reasonsUnavailable: Reasons = {
  "image-not-found": "unavailable",
  "platform-missing": "unavailable",
  "file-failed": "unavailable",
  "pull-throttled": "unavailable",
};

/** A failure that concerns the base alone, as a value; everything else goes on. */
export function missingBaseFor(error: unknown, reasons = reasonsNotBuilt): MissingBase {
  const reason = error instanceof Failure ? reasons[error.code] : undefined;
  if (reason === undefined) throw error;
  return { reason, message: (error as Failure).message };
}
