import { type BuildDefinition, dockerfileOf } from "../docker/build/definition.ts";
import { Failure, type FailureCode } from "../failure.ts";
import type { BaseCommit } from "../git/commit.ts";
import { formerDockerfile } from "../git/former-dockerfile.ts";
import type { Repository } from "../git/repository.ts";
import type { MissingBase } from "../policy/finding.ts";

/** Returns why the base's checkout has no Dockerfile to build: it is new, or it was elsewhere. */
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
        message: `${base.name} has no ${path}, but has ${former.path}. If the file was moved, set base-file: ${former.path}. If this is another image, set missing-base: warn.`,
      };
    case "not-checked-out":
      return {
        reason: "unavailable",
        message: `${base.name} has ${former.path}, but a checkout made like the head's does not. Check that its submodules can be fetched, and that sparse-checkout includes it.`,
      };
    case "not-committed":
      return {
        reason: "unavailable",
        message: `${path} is not committed, so ${base.name} cannot have it. Commit it, or create it with base-prepare.`,
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

/** Returns a failure that concerns the base alone as a value; throws everything else. */
export function missingBaseFor(error: unknown, reasons = reasonsNotBuilt): MissingBase {
  const reason = error instanceof Failure ? reasons[error.code] : undefined;
  if (reason === undefined) throw error;
  return { reason, message: (error as Failure).message };
}
