import { Failure } from "../../failure.ts";
import { harmlessLine } from "../../process/harmless-line.ts";
import { asSentence, engineFailure, noSpace, saysNoSpace, saysThrottled } from "../engine/failure.ts";
import { pullThrottled } from "../engine/retry.ts";
import { missingStage } from "./missing-stage.ts";
import type { BuildOutcome } from "./progress.ts";

/** The image was built, and could not be brought where it should go: another way may do. */
export class DeliveryFailure extends Failure {}

/**
 * Whether only the push failed: BuildKit then names the receiver ("failed to push …"), whose path neither a Dockerfile nor a
 * step can know.
 * @param reference `host:port/path:tag`
 */
export function isOfPush({ failed, text }: BuildOutcome, reference: string): boolean {
  const path = reference.slice(reference.indexOf("/"), reference.lastIndexOf(":"));
  return [failed?.error ?? "", ...text].some((line) => line.includes(path));
}

/**
 * Why a build failed. Told by what BuildKit and buildx say, never by what a step wrote; a step's command is part of
 * BuildKit's own sentence, and so of a stranger's writing: that sentence is recognised first.
 * @param dockerfile that was built, by its path as it was given
 */
export function buildFailure(
  outcome: BuildOutcome,
  side: "head" | "base",
  target: string | null,
  dockerfile: { readonly path: string; readonly text: string } = { path: "Dockerfile", text: "" },
): Failure {
  const what = `The build of the ${side}'s image`;
  const error = finalError(outcome.text);
  const exit = /^process ".*" did not complete successfully: (.*)$/s.exec(outcome.failed?.error ?? "")?.[1];
  const said = exit ?? `${outcome.failed?.error ?? ""}\n${error}`;
  if (saysNoSpace(said)) return noSpace(what);
  if (exit === undefined) {
    if (saysThrottled(said)) return pullThrottled(what);
    if (/target stage .* could not be found/.test(error)) {
      return new Failure(
        "target-unknown",
        `${what} failed: the Dockerfile has no stage "${harmlessLine(target ?? "")}". Set the input \`target\` to the name of one of its stages.`,
      );
    }
    if (outcome.failed === null && !/failed to (build|solve)/.test(outcome.text.join("\n"))) {
      return engineFailure(outcome.text.join("\n"), what);
    }
  }
  const missing = exit === undefined ? missingStage(outcome, dockerfile.text) : null;
  const message = sentences(
    outcome,
    what,
    [exit ?? outcome.failed?.error ?? error, missing],
    dockerfile.path,
  );
  return new Failure("build-failed", message);
}

/** What, where and why, and the step's last words below. */
function sentences(
  { failed, text }: BuildOutcome,
  what: string,
  why: readonly (string | null)[],
  path: string,
): string {
  const line = dockerfileLine(text);
  const file = path === "Dockerfile" ? "the Dockerfile" : harmlessLine(path);
  const where = [line === null ? null : `line ${line} of ${file}`, failed && cut(failed.name)];
  const place = where.filter((part) => part !== null).join(", ");
  const reasons = why.filter((reason) => reason !== null).map((reason) => asSentence(harmlessLine(reason)));
  const first = `${what} failed${place === "" ? "" : ` at ${place}`}: ${reasons.join(" ")}`;
  if (failed === null || failed.tail.length === 0) return first;
  return [`${first} Its last lines:`, ...failed.tail.map((line) => `  ${line}`)].join("\n");
}

/** Instructions may be long, and a message begins with what matters. */
function cut(name: string): string {
  return name.length <= 200 ? name : `${name.slice(0, 200).toWellFormed()}…`;
}

/** buildx' last word, without the wrapping that is the same for every error; untrusted, as it came. */
function finalError(text: readonly string[]): string {
  const line = text.findLast((line) => line.startsWith("ERROR: ")) ?? text.at(-1) ?? "it gave no reason";
  return line.replace(/^ERROR: (failed to build: )?(failed to solve: )?/, "");
}

/** The line marked in the excerpt that buildx prints (moby/buildkit solver/errdefs/source.go). */
function dockerfileLine(text: readonly string[]): number | null {
  const marked = text
    .map((line) => /^ *(\d+) \| >>> /.exec(line)?.[1])
    .find((number) => number !== undefined);
  return marked === undefined ? null : Number(marked);
}
