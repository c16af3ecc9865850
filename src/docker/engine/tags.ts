import { randomBytes } from "node:crypto";
import { sweepTemporaryDirectories } from "../../process/temporary-directory.ts";
import { runDocker } from "./docker.ts";
import type { Engine } from "./engine.ts";

/**
 * Returns a reference that no one can guess, so that neither another run nor a step of the pull request can
 * replace our image. It contains the time, so that a later run can recognize leftovers.
 */
export function newReference(side: "head" | "base", run: RunId, now = new Date()): string {
  return `${repository}:${side}-${tagEnding(run, now)}`;
}

/**
 * Like `newReference`, for an image that is pushed to a receiver.
 * @param address of the receiver, host and port
 * @param secret part of the path, known only to those who may push
 */
export function newPushReference(
  address: string,
  secret: string,
  run: RunId,
  now = new Date(),
): { readonly repository: string; readonly tag: string; readonly reference: string } {
  const pushed = `image-audit/${secret}`;
  const tag = `push-${tagEnding(run, now)}`;
  return { repository: pushed, tag, reference: `${address}/${pushed}:${tag}` };
}

/** Identifies a run, so that another process can find its leftovers: 24 hex digits that no one can guess. */
export type RunId = string;

export function newRunId(): RunId {
  return randomBytes(12).toString("hex");
}

export function isRunId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}

/**
 * Removes a tag, and the image if that was its last tag. Never throws: a later run sweeps what remains.
 * @param ofRun the run's signal: a cancelled run also cleans up, but with a shorter timeout
 */
export async function removeTag(
  reference: string,
  engine: Pick<Engine, "env">,
  ofRun?: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.timeout(ofRun?.aborted ? 1500 : 30_000);
  await runDocker(["image", "rm", "--", reference], { env: engine.env, signal }).catch(() => {});
}

/**
 * Removes the tags and temporary directories that killed runs left behind. Never throws.
 * @param hours minimum age; jobs on hosted runners end after six hours
 * @returns the references removed
 */
export async function sweepLeftovers(engine: Pick<Engine, "env">, hours = 24): Promise<readonly string[]> {
  const before = new Date(Date.now() - hours * 3_600_000);
  await sweepTemporaryDirectories(before).catch(() => {});
  return removeTags(engine, (reference) => {
    const made = madeAt(reference);
    return made !== null && made < before;
  });
}

/** Removes the tags of one run. Never throws. @returns the references removed */
export function removeTagsOf(run: RunId, engine: Pick<Engine, "env">): Promise<readonly string[]> {
  return removeTags(engine, (reference) => madeAt(reference) !== null && reference.endsWith(`-${run}`));
}

async function removeTags(
  engine: Pick<Engine, "env">,
  isLeftover: (reference: string) => boolean,
): Promise<readonly string[]> {
  const filters = [repository, "127.0.0.1:*/image-audit/*"].flatMap((name) => [
    "--filter",
    `reference=${name}`,
  ]);
  const list = ["image", "ls", "--format", "{{.Repository}}:{{.Tag}}", ...filters];
  const signal = AbortSignal.timeout(30_000);
  const { stdout } = await runDocker(list, { env: engine.env, signal }).catch(() => ({ stdout: "" }));
  const leftovers = stdout.split("\n").filter(isLeftover);
  for (const reference of leftovers) await removeTag(reference, engine);
  return leftovers;
}

const repository = "image-audit/build";

function tagEnding(run: RunId, now: Date): string {
  return `${now.toISOString().replace(/[-:]|\.\d+/g, "")}-${run}`;
}

/** Returns the time in one of our references; null for any other reference. */
function madeAt(reference: string): Date | null {
  const [, date, time] = ourReference.exec(reference) ?? [];
  if (date === undefined || time === undefined) return null;
  const iso = `${date.replace(/(....)(..)(..)/, "$1-$2-$3")}T${time.replace(/(..)(..)(..)/, "$1:$2:$3")}Z`;
  return new Date(iso);
}

const ourReference =
  /^(?:image-audit\/build:(?:head|base)|127\.0\.0\.1:\d+\/image-audit\/[0-9a-f]{32}:push)-(\d{8})T(\d{6})Z-[0-9a-f]{24}$/;
