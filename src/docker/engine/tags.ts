import { randomBytes } from "node:crypto";
import { sweepTemporaryDirectories } from "../../process/temporary-directory.ts";
import { runDocker } from "./docker.ts";
import type { Engine } from "./engine.ts";

/**
 * A reference that no one can guess, so that neither another run nor a pull request's own steps can put an image in
 * our image's place; it holds the time, so that a later run can tell what is left over.
 */
export function newReference(side: "head" | "base", run: RunId, now = new Date()): string {
  return `${repository}:${side}-${tagEnding(run, now)}`;
}

/**
 * As `newReference`, for an image on its way to a receiver.
 * @param address of the receiver, host and port
 * @param secret that tells those who may push from others
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

/** Names one run, so that another process can tell what it left: 24 hex digits that no one can guess. */
export type RunId = string;

export function newRunId(): RunId {
  return randomBytes(12).toString("hex");
}

export function isRunId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}

/**
 * Removes a tag, and the image if that was its last. Never throws: what remains is swept by a later run.
 * @param ofRun a cancelled run has to tidy up, too, but not for long
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
 * Removes what runs that were killed left: our tags, and temporary directories. Never throws.
 * @param hours how old a thing must be; jobs on hosted runners end after six hours
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
  isLeft: (reference: string) => boolean,
): Promise<readonly string[]> {
  const filters = [repository, "127.0.0.1:*/image-audit/*"].flatMap((name) => [
    "--filter",
    `reference=${name}`,
  ]);
  const list = ["image", "ls", "--format", "{{.Repository}}:{{.Tag}}", ...filters];
  const signal = AbortSignal.timeout(30_000);
  const { stdout } = await runDocker(list, { env: engine.env, signal }).catch(() => ({ stdout: "" }));
  const left = stdout.split("\n").filter(isLeft);
  for (const reference of left) await removeTag(reference, engine);
  return left;
}

const repository = "image-audit/build";

function tagEnding(run: RunId, now: Date): string {
  return `${now.toISOString().replace(/[-:]|\.\d+/g, "")}-${run}`;
}

/** The time that a reference of ours holds; null for any other. */
function madeAt(reference: string): Date | null {
  const [, date, time] = ours.exec(reference) ?? [];
  if (date === undefined || time === undefined) return null;
  const iso = `${date.replace(/(....)(..)(..)/, "$1-$2-$3")}T${time.replace(/(..)(..)(..)/, "$1:$2:$3")}Z`;
  return new Date(iso);
}

const ours =
  /^(?:image-audit\/build:(?:head|base)|127\.0\.0\.1:\d+\/image-audit\/[0-9a-f]{32}:push)-(\d{8})T(\d{6})Z-[0-9a-f]{24}$/;
