import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { compare } from "./audit/compare.ts";
import { type Audit, type AuditedImage, type BaseMissing, judge } from "./audit/judge.ts";
import { dockerEnvironment, namesForBuild } from "./docker/environment.ts";
import { type Engine, probeEngine } from "./docker/engine.ts";
import { sweepLeftovers } from "./docker/tags.ts";
import { type BaseCommit, type BaseQuestion, findBase } from "./git/commit.ts";
import { openRepository, type Repository } from "./git/repository.ts";
import { currentCommit, untrackedInContext } from "./git/tree.ts";
import { Failure } from "./failure.ts";
import { readingsOfThisRun } from "./image/reading-store.ts";
import type { Inputs } from "./inputs.ts";
import { examineContent } from "./inspect/content.ts";
import { inspectWithFiles } from "./inspect/inspect.ts";
import { makePlan, type Plan } from "./plan.ts";
import type { Progress } from "./progress.ts";
import { readImages } from "./read-images.ts";
import { prepareBase, prepareHead, type Side } from "./sides.ts";
import { tool } from "./tool.ts";

/** What an audit is done in: the workspace, the environment, and where progress goes. */
export interface World {
  /** absolute; the inputs' paths are relative to it */
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
  /** asks the GitHub API for a merge base that a shallow clone cannot tell */
  readonly mergeBaseByApi?: (base: string, head: string) => Promise<string | null>;
}

/**
 * The whole audit: which commits, build, read, inspect, compare, judge. Leaves nothing behind.
 * @param question which commit is the base, as the event or the terminal asks it
 * @throws Failure where the head could not be audited; what only the base lacks is in the audit, as `baseMissing`
 */
export async function audit(inputs: Inputs, question: BaseQuestion, world: World): Promise<Audit> {
  const { progress, signal } = world;
  await using stack = new AsyncDisposableStack();
  stack.defer(() => progress.end());
  const place = await findPlace(inputs, world);
  const plan = makePlan(inputs, place);
  const engine = engineOf(inputs, world);

  const base = plan.needsBaseCommit ? await baseCommitOf(place.repository, question, world) : null;
  const workshop = { ...world, root: place.root, repository: place.repository, engine, stack };
  const baseSide = await prepareBase(plan, base, inputs.basePrepare, workshop);
  const headSide = await prepareHead(plan, workshop);

  progress.step("Reading the images");
  const sides = "reason" in baseSide ? [headSide] : [baseSide, headSide];
  const images = await readImages(
    sides.map((side) => side.wanted),
    { examine: examineContent, store: readingsOfThisRun(), engine, signal },
  );
  const inspected = sides.map((side, index) => inspectSide(side, images[index]));
  const head = inspected.at(-1);
  const basis = inspected.length > 1 ? inspected[0] : undefined;
  if (head === undefined) throw new Error("no head was read");

  const comparison = basis === undefined ? null : compare(head, basis);
  const baseMissing = "reason" in baseSide ? baseSide : null;
  const judged = judge({ head: head.inspection, base: basis?.inspection ?? null, baseMissing, comparison }, inputs.policy);
  const image: AuditedImage = {
    name: plan.name,
    platform: head.inspection.platform,
    head: head.inspection,
    base: basis?.inspection ?? null,
    baseMissing,
    comparison,
    ...judged,
  };
  return {
    schemaVersion: 1,
    tool,
    verdict: image.verdict,
    headCommit: place.repository === null ? null : await currentCommit(place.repository),
    baseCommit: isCommit(base) ? base.commit : null,
    baseName: isCommit(base) ? base.name : null,
    images: [image],
    notes: await notesOf(plan, place.repository, inputs, baseSide),
  };
}
