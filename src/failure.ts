/**
 * An error that the user or the environment caused, not a bug of ours. It has a message for people, and a
 * code that never changes once published. It ends a run with status 2; any other error is a bug and ends the
 * run with 3. Every room may import this module.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: FailureCode;

  /**
   * @param code stable, listed in docs/errors.md
   * @param message one or two sentences: what is wrong and where, then what to do. No trailing newline, no
   * stack.
   */
  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Throws if the run was cancelled. Call it between the steps of long work. @throws Failure cancelled */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Failure("cancelled", "The run was cancelled.", { cause: signal.reason });
}

/** Every code and its meaning. scripts/generate.ts writes the table in docs/errors.md from it. */
export const failureCodes = {
  // wrong usage
  "input-unknown": "An input or flag does not exist.",
  "input-invalid": "An input or flag has an invalid value.",
  "event-unsupported": "The action does not audit the event that the workflow runs on.",
  "event-mismatch": "The checked-out commit is not the one that the event is about.",
  "context-outside-workspace": "The build context is outside the workspace.",
  "file-refused":
    "A file in the repository is not read because it is a symbolic link, not a regular file, or too large.",
  "policy-invalid": "The policy file has a mistake, or is not a regular file.",
  "policy-unavailable": "The policy file, or a file that it extends, could not be read.",
  // git
  "git-missing": "git is not installed.",
  "git-not-a-repository": "The directory is not a git repository.",
  "git-base-unknown": "The commit to compare with could not be determined.",
  "git-commit-unavailable": "A commit is not in the local repository and could not be fetched.",
  "git-failed": "A git command failed.",
  // engine and build
  "engine-missing": "No container engine responds.",
  "engine-permission": "This user has no permission to use the container engine.",
  "buildx-missing": "docker buildx is not installed.",
  "engine-no-space": "The engine or this machine has no disk space left.",
  "engine-failed": "A docker command failed.",
  "build-failed": "The image does not build.",
  "base-prepare-failed": "The base-prepare command failed.",
  "dockerfile-missing": "There is no Dockerfile at the given path.",
  "dockerfile-differs": "The builder built a Dockerfile other than the one that was read.",
  "target-unknown": "The Dockerfile has no stage with that name.",
  "frontend-unknown": "The Dockerfile names a frontend that is not Docker's. Only that frontend can read it.",
  "dockerfile-invalid": "The Dockerfile cannot be read the way BuildKit reads it.",
  "pull-throttled": "A registry limits the rate of pulls.",
  // image bytes
  "image-not-found": "The engine or the path does not have the image.",
  "image-unsupported": "The file or artifact is not a container image that can be read.",
  "image-invalid": "The image's manifest, index or config is malformed.",
  "archive-truncated": "An archive or a layer is truncated.",
  "archive-invalid": "An archive or a layer is malformed.",
  "digest-mismatch": "The content does not match the digest or size in its descriptor.",
  "blob-missing": "The image refers to a blob that does not exist.",
  "platform-missing": "The image has no variant for the platform.",
  "layer-unsupported": "A layer has a format that cannot be read.",
  "limit-exceeded": "The image exceeds a limit that protects the reader.",
  // the command and its surroundings
  "output-failed": "The report, or a file that later steps read, could not be written.",
  "node-unsupported": "The command needs a newer version of Node.js.",
  // the rest
  "file-failed": "The operating system could not open, read or write a file.",
  cancelled: "The run was cancelled.",
} as const satisfies Record<string, string>;

export type FailureCode = keyof typeof failureCodes;
