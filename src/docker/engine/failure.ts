import { Failure } from "../../failure.ts";
import { harmlessLine } from "../../process/harmless-line.ts";

/**
 * Turns a docker command's error output into a Failure. Matches its text: the CLI has no error codes.
 * @param stderr what the command wrote; never the output of a build, which is untrusted
 * @param doing what failed, as the subject of a sentence: `docker save`
 */
export function engineFailure(stderr: string, doing: string): Failure {
  if (/permission denied while trying to connect to the docker/i.test(stderr)) {
    return new Failure(
      "engine-permission",
      "The container engine refuses this user. Add the user to the `docker` group and log in again, or set DOCKER_HOST to an engine that this user can access.",
    );
  }
  if (
    /cannot connect to the docker daemon|failed to connect to the docker api|error during connect/i.test(
      stderr,
    )
  ) {
    return new Failure(
      "engine-missing",
      `No container engine answers: ${lastLine(stderr)} Start it, or set DOCKER_HOST to a running engine.`,
    );
  }
  if (/unknown command: docker buildx|'buildx' is not a docker command/i.test(stderr)) {
    return new Failure(
      "buildx-missing",
      "docker buildx is not installed. Install the docker-buildx-plugin package, or use docker/setup-buildx-action before this step.",
    );
  }
  if (saysNoSpace(stderr)) return noSpace(doing);
  return new Failure("engine-failed", `${doing} failed: ${lastLine(stderr)}`);
}

/** Returns the Failure for a full disk, whether the engine's or ours. */
export function noSpace(doing: string): Failure {
  return new Failure(
    "engine-no-space",
    `${doing} failed: no space left on the disk. Free some space, for example with \`docker builder prune\`, or use a machine with a larger disk.`,
  );
}

export function saysNoSpace(text: string): boolean {
  return /no space left on device/i.test(text);
}

/** Reports whether a registry rejected a pull because of its rate limit. */
export function saysThrottled(text: string): boolean {
  return /toomanyrequests|\b429\b.{0,3}too many requests|too many requests|pull rate limit/i.test(text);
}

function lastLine(stderr: string): string {
  // The CLI appends usage hints to the error.
  const lines = stderr
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s*(?:(?:See|Run) '|Usage:)/.test(line));
  const line = harmlessLine(lines.at(-1) ?? "no reason was given")
    .replace(/^ERROR: /, "")
    .trim();
  return asSentence(line);
}

/** Makes another program's message end like a sentence, so that a sentence may follow. */
export function asSentence(text: string): string {
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}
