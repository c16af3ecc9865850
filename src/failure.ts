/**
 * Something that the user or the world got wrong, as against a bug of ours: one sentence that says what, where and
 * what to do, and a code that never changes once published. Ends a run with status 2; every other error is our bug
 * and ends it with 3. This is the one module that every room may import.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: FailureCode;

  /**
   * @param code stable, listed in docs/errors.md
   * @param message one sentence, or two: what is wrong and where; then what to do. No trailing newline, no stack.
   */
  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** For between two steps of a work that may be cancelled. @throws Failure cancelled */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Failure("cancelled", "The run was cancelled.", { cause: signal.reason });
}

/** Every code, with what it means. The table in docs/errors.md is made from it. */
export const failureCodes = {
  // wrong usage
  "input-unknown": "An input or flag that does not exist was given.",
  "input-invalid": "An input or flag has a value that cannot be understood.",
  "event-unsupported": "The workflow runs on an event that this action does not audit.",
  "event-mismatch": "What is checked out is not what the event is about.",
  "context-outside-workspace": "The build context lies outside the workspace.",
  "file-refused":
    "A file of the repository is a symbolic link, no regular file, or too large, and is not read.",
  // git
  "git-missing": "git is not installed.",
  "git-not-a-repository": "The directory is no git repository.",
  "git-base-unknown": "The commit to compare with could not be determined.",
  "git-commit-unavailable": "A commit is neither in the local repository nor to be fetched.",
  "git-failed": "A git command failed.",
  // engine and build
  "engine-missing": "No container engine answers.",
  "engine-permission": "The container engine refuses this user.",
  "buildx-missing": "docker buildx is not installed.",
  "engine-no-space": "The engine or this machine has no space left.",
  "engine-failed": "A docker command failed.",
  "build-failed": "The image does not build.",
  "base-prepare-failed": "The command of base-prepare failed.",
  "dockerfile-missing": "There is no Dockerfile at the given path.",
  "dockerfile-differs": "What was built is another Dockerfile than the one that was read.",
  "target-unknown": "The Dockerfile has no stage of that name.",
  "frontend-unknown":
    "The Dockerfile asks for a frontend that is not Docker's, so that only that can read it.",
  "dockerfile-invalid": "The Dockerfile cannot be read the way BuildKit reads it.",
  "pull-throttled": "A registry throttles pulls.",
  // image bytes
  "image-not-found": "The engine, or the path, has no such image.",
  "image-unsupported":
    "What was named is no container image that can be read, but another kind of file or artifact.",
  "image-invalid": "The image's manifest, index or config is malformed.",
  "archive-truncated": "An archive or a layer ends early.",
  "archive-invalid": "An archive or a layer is malformed.",
  "digest-mismatch": "Bytes do not have the digest or the size that their descriptor claims.",
  "blob-missing": "The image refers to a blob that is not there.",
  "platform-missing": "The image has no variant for the platform.",
  "layer-unsupported": "A layer has a format that cannot be read.",
  "limit-exceeded": "The image exceeds a limit that protects the reader.",
  // the command and its surroundings
  "output-failed": "The report, or what later steps read, could not be written.",
  "node-unsupported": "The command runs on a Node that is too old for it.",
  // the rest
  "file-failed": "The operating system refuses to open, read or write a file.",
  cancelled: "The run was cancelled.",
} as const satisfies Record<string, string>;

export type FailureCode = keyof typeof failureCodes;
