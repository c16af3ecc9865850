import { Failure } from "../../failure.ts";
import { harmlessLine } from "../../process/harmless-line.ts";

/**
 * What a docker command that failed says about the engine. Recognised by text, since the CLI gives no codes.
 * @param stderr what the command wrote; never output of a build, which strangers write
 * @param doing what failed, as the subject of a sentence: `docker save`
 */
export function engineFailure(stderr: string, doing: string): Failure {
  if (/permission denied while trying to connect to the docker/i.test(stderr)) {
    return new Failure(
      "engine-permission",
      "The container engine refuses this user. Add the user to the group `docker` and log in again, or set DOCKER_HOST to an engine that this user may use.",
    );
  }
  if (
    /cannot connect to the docker daemon|failed to connect to the docker api|error during connect/i.test(
      stderr,
    )
  ) {
    return new Failure(
      "engine-missing",
      `No container engine answers: ${lastLine(stderr)} Start it, or set DOCKER_HOST to one that runs.`,
    );
  }
  if (/unknown command: docker buildx|'buildx' is not a docker command/i.test(stderr)) {
    return new Failure(
      "buildx-missing",
      "docker buildx is not installed. Install the package docker-buildx-plugin, or use docker/setup-buildx-action before this step.",
    );
  }
  if (saysNoSpace(stderr)) return noSpace(doing);
  return new Failure("engine-failed", `${doing} failed: ${lastLine(stderr)}`);
}

/** The same wherever the disk is full: the engine's, or ours. */
export function noSpace(doing: string): Failure {
  return new Failure(
    "engine-no-space",
    `${doing} failed: no space left on the disk. Free some, for example with \`docker builder prune\`, or use a machine with more.`,
  );
}

export function saysNoSpace(text: string): boolean {
  return /no space left on device/i.test(text);
}

/** Whether a registry refused a pull because there were too many. */
export function saysThrottled(text: string): boolean {
  return /toomanyrequests|\b429\b.{0,3}too many requests|too many requests|pull rate limit/i.test(text);
}

function lastLine(stderr: string): string {
  // The CLI adds how it is used to what is wrong.
  const lines = stderr
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s*(?:(?:See|Run) '|Usage:)/.test(line));
  const line = harmlessLine(lines.at(-1) ?? "it gave no reason")
    .replace(/^ERROR: /, "")
    .trim();
  return asSentence(line);
}

/** Another program's words, so that a sentence may follow. */
export function asSentence(text: string): string {
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}
