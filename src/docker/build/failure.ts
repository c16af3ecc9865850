import { Failure } from "../../failure.ts";
import { harmlessLine } from "../../process/harmless-line.ts";
import { asSentence, engineFailure, noSpace, saysNoSpace, saysThrottled } from "../engine/failure.ts";
import { pullThrottled } from "../engine/retry.ts";
import { missingStage } from "./missing-stage.ts";
import type { BuildOutcome } from "./progress.ts";

/** The image was built, but could not be delivered. Another route may work. */
export class DeliveryFailure extends Failure {}

/**
 * Reports whether only the push failed. BuildKit then names the receiver ("failed to push …"). Neither a
 * Dockerfile nor a step can know the receiver's path.
 * @param reference `host:port/path:tag`
 */
export function isOfPush({ failed, text }: BuildOutcome, reference: string): boolean {
  const path = reference.slice(reference.indexOf("/"), reference.lastIndexOf(":"));
  return [failed?.error ?? "", ...text].some((line) => line.includes(path));
}

/**
 * Returns the reason why a build failed. Matches only what BuildKit and buildx print, never what a step
 * printed. BuildKit's sentence about a failed step contains the step's command, which is untrusted, so it is
 * recognized first.
 * @param dockerfile the Dockerfile that was built; `path` as the user gave it
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
  const reason = exit ?? `${outcome.failed?.error ?? ""}\n${error}`;
  if (saysNoSpace(reason)) return noSpace(what);
  if (exit === undefined) {
    if (saysThrottled(reason)) return pullThrottled(what);
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
  const message = formatMessage(
    outcome,
    what,
    [exit ?? outcome.failed?.error ?? error, missing],
    dockerfile.path,
  );
  return new Failure("build-failed", message);
}

/** Formats what failed, where and why. The step's last lines follow below. */
function formatMessage(
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

/** Shortens an instruction, which may be long. */
function cut(name: string): string {
  return name.length <= 200 ? name : `${name.slice(0, 200).toWellFormed()}…`;
}

/** Returns buildx's final error, without the prefixes that every error has. Untrusted and not sanitized. */
function finalError(text: readonly string[]): string {
  const line = text.findLast((line) => line.startsWith("ERROR: ")) ?? text.at(-1) ?? "no reason was given";
  return line.replace(/^ERROR: (failed to build: )?(failed to solve: )?/, "");
}

/**
 * Returns the line marked in the Dockerfile excerpt that buildx prints (moby/buildkit
 * solver/errdefs/source.go).
 */
function dockerfileLine(text: readonly string[]): number | null {
  const marked = text
    .map((line) => /^ *(\d+) \| >>> /.exec(line)?.[1])
    .find((number) => number !== undefined);
  return marked === undefined ? null : Number(marked);
}
