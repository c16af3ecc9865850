import { realpath } from "node:fs/promises";

import { comparing } from "../compare/compare.ts";
import { probeBuilder } from "../docker/build/builder.ts";
import type { CacheScope } from "../docker/build/cache-scope.ts";
import { dockerfileOf } from "../docker/build/definition.ts";
import { namesForBuild } from "../docker/build/environment.ts";
import { probeEngine } from "../docker/engine/engine.ts";
import { dockerEnvironment } from "../docker/engine/environment.ts";
import type { RunId } from "../docker/engine/tags.ts";
import { type BaseCommit, type BaseQuestion, findBase } from "../git/commit.ts";
import { checkHead } from "../git/event-head.ts";
import { type Access, openRepository, type Repository } from "../git/repository.ts";
import { currentCommit } from "../git/tree.ts";
import { type ReadingStore, readingsOfThisRun } from "../image/readings/reading-store.ts";
import type { Inputs } from "../inputs/inputs.ts";
import { examineContent } from "../inspect/programs/content.ts";
import type { Audit } from "../policy/audit-record.ts";
import { judge } from "../policy/judge.ts";
import type { BaseMissing } from "../policy/missing-base.ts";
import { inTurns } from "../process/in-turns.ts";
import { once } from "../process/once.ts";
import type { Progress } from "../process/progress.ts";
import type { Mask } from "../secrecy/mask.ts";
import { type BuilderRoute, builderReader } from "../source/builder.ts";
import { readImages } from "../source/read-images.ts";
import { isUnread } from "../source/request.ts";
import { inspectingSides } from "./inspect-sides.ts";
import { notesOn } from "./notes.ts";
import { inWorkspace, makePlan, type Plan } from "./plan.ts";
import { isMissing, missingFor, prepareBaseSide, prepareHead, type Side, type Workshop } from "./prepare.ts";
import { tool } from "./tool.ts";

/** What an audit is done in. */
export interface World {
  /** the workspace, absolute; the inputs' paths are relative to it */
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** hides secrets in the output of `base-prepare`; a build hides its own */
  readonly mask?: Mask | undefined;
  readonly signal?: AbortSignal | undefined;
  /** whose cache mounts builds may use */
  readonly cacheScope?: CacheScope;
  /** names what this run makes in the engine */
  readonly run?: RunId;
  /** readings that outlast the run; the action has none, since a forged one would hide a shell */
  readonly store?: ReadingStore;
  /** forces the route that images come out of a builder by, where it is not the engine's own; unless given, the cheapest */
  readonly builderRoute?: BuilderRoute;
  /** reads the repository where the checkout left no credentials */
  readonly access?: Access | null;
  /** asks the GitHub API for a merge base that a shallow clone cannot tell */
  readonly mergeBaseByApi?: (base: string, head: string) => Promise<string | null>;
}

/**
 * The whole audit: which commits, build, read, inspect, compare, judge. Leaves nothing behind.
 * @param question which commit is the base, as the event or the terminal asks it
 * @throws Failure where the head could not be audited; what only the base lacks is in the audit, as `baseMissing`
 */
export async function audit(given: Inputs, question: BaseQuestion, world: World): Promise<Audit> {
  const inputs = inWorkspace(given, world.directory);
  const { progress } = world;
  await using stack = new AsyncDisposableStack();
  stack.defer(() => progress.end());
  const repository = await repositoryOf(inputs, world);
  if (repository !== null) {
    stack.use(repository);
    await checkHead(repository, question, world.env["GITHUB_SHA"] ?? null, world);
  }
  const root = repository?.root ?? (await realpath(world.directory));
  const plan = makePlan(inputs, { directory: await realpath(world.directory), root });
  const workshop = workshopOf(plan, inputs, { ...world, root, repository, stack });

  const commit = plan.base.kind === "build" ? await baseCommitOf(repository, question, world) : null;
  // The base first: what the head did not change is then a cache hit, with the very same bytes.
  const base = await prepareBaseSide(plan, commit, inputs.basePrepare, workshop);
  const head = await prepareHead(plan, workshop);

  const sides: readonly Side[] = isMissing(base) ? [head] : [head, base];
  const unread = sides.filter(({ image }) => isUnread(image));
  if (unread.length > 0) progress.step(unread.length > 1 ? "Reading both images" : "Reading the image");
  const images = await readImages(
    sides.map(({ image }) => image),
    workshop.reading,
  );
  const read = sides.map((side, index) => {
    const image = images[index];
    if (image === undefined) throw new Error("an image was asked for and not read");
    return { ...side, image };
  });
  const [headSide, baseSide] = await inTurns(inspectingSides(read), world.signal);
  if (headSide === undefined) throw new Error("no head was read");

  const subject = {
    head: headSide.inspection,
    base: baseSide?.inspection ?? null,
    baseMissing: isMissing(base) ? base : null,
    comparison: baseSide === undefined ? null : await inTurns(comparing(headSide, baseSide), world.signal),
  };
  const judged = judge(subject, inputs.policy);
  return {
    schemaVersion: 1,
    tool,
    verdict: judged.verdict,
    headCommit: repository === null ? null : await currentCommit(repository),
    baseCommit: commit === null || isMissing(commit) ? null : commit.commit,
    baseName: commit === null || isMissing(commit) ? null : commit.name,
    images: [
      {
        name: plan.name,
        platform: headSide.inspection.platform,
        dockerfile: head.dockerfile === null ? null : dockerfileOf(plan.definition),
        ...subject,
        ...judged,
      },
    ],
    notes: await notesOn(plan, base, inputs, repository),
  };
}

/** The repository of the workspace; null where both images exist and git is not needed. */
async function repositoryOf(
  inputs: Inputs,
  { directory, env, signal, access = null }: World,
): Promise<Repository | null> {
  if (inputs.compareWith !== null && inputs.image !== null) return null;
  const isWorkspace = env["GITHUB_ACTIONS"] === "true";
  return openRepository(directory, { env, signal, access, isWorkspace, context: inputs.build.context });
}

async function baseCommitOf(
  repository: Repository | null,
  question: BaseQuestion,
  { mergeBaseByApi }: World,
): Promise<BaseCommit | BaseMissing> {
  if (repository === null) throw new Error("a base is to be built and there is no repository");
  // A branch that a person named has to be there: one mistyped would leave nothing to fail by.
  const isNamed = question.kind === "terminal" && question.baseBranch !== null;
  return findBase(repository, question, { mergeBaseByApi }).catch((error) => {
    if (isNamed) throw error;
    return missingFor(error);
  });
}

/** The engine is asked only where it is needed: images that exist on disk need neither engine nor builder. */
function workshopOf(
  plan: Plan,
  inputs: Inputs,
  world: World & Pick<Workshop, "root" | "repository" | "stack">,
): Workshop {
  const { progress, signal, run, stack } = world;
  const env = dockerEnvironment(world.env, namesForBuild(plan.definition));
  const builder = once(() => probeBuilder({ env, builder: plan.definition.builder, signal }));
  const isBuilding = plan.head.kind === "build" || plan.base.kind === "build";
  const shared = { examine: examineContent, store: world.store ?? readingsOfThisRun(), run, signal };
  return {
    ...world,
    builder,
    reading: {
      ...shared,
      needsPullSize: inputs.policy.maxPullSize !== null,
      remark: progress.detail,
      engine: isBuilding ? builder : once(() => probeEngine({ env, signal })),
    },
    readFromBuilder: builderReader({ ...shared, route: world.builderRoute, log: progress.detail, stack }),
  };
}
