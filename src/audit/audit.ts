import { probeBuilder } from "../docker/build/builder.ts";
import { dockerfileOf } from "../docker/build/definition.ts";
import { namesForBuild } from "../docker/build/environment.ts";
import { probeEngine } from "../docker/engine/engine.ts";
import { dockerEnvironment } from "../docker/engine/environment.ts";
import type { BaseQuestion } from "../git/commit.ts";
import { currentCommit } from "../git/tree.ts";
import { readingsOfThisRun } from "../image/readings/reading-store.ts";
import type { Inputs } from "../inputs/inputs.ts";
import { examineContent } from "../inspect/content.ts";
import type { Audit } from "../policy/audit-record.ts";
import { needsPullSize, type Policy } from "../policy/policy.ts";
import { inTurns } from "../process/in-turns.ts";
import { once } from "../process/once.ts";
import { builderReader } from "../source/builder.ts";
import { readImages } from "../source/read-images.ts";
import { isUnread } from "../source/request.ts";
import { auditImage } from "./audit-image.ts";
import type { AuditEnvironment } from "./environment.ts";
import { inspectingSides } from "./inspect-sides.ts";
import { notesOn } from "./notes.ts";
import { inWorkspace, type Plan } from "./plan.ts";
import { sourcesOf } from "./policy-in-force.ts";
import { type PreparedSide, type PrepareOptions, prepareBaseSide, prepareHead } from "./prepare.ts";
import { changesIn, exceptionsIn, settle } from "./settle.ts";
import { isMissing, type Side, type Sides } from "./side.ts";
import { tool } from "./tool.ts";

/**
 * Runs the whole audit: finds the commits, builds, reads, inspects, compares and judges. Leaves nothing
 * behind.
 * @param question how the event or the command line determines the base commit
 * @throws Failure if the head could not be audited; a missing base is in the audit, as `baseMissing`
 */
export async function audit(
  given: Inputs,
  question: BaseQuestion,
  environment: AuditEnvironment,
): Promise<Audit> {
  const inputs = inWorkspace(given, environment.directory);
  const { progress, signal } = environment;
  await using stack = new AsyncDisposableStack();
  stack.defer(() => progress.end());
  const settled = stack.use(await settle(inputs, question, environment));
  const { plan, repository, root, found, policies } = settled;
  const options = prepareOptions(plan, policies, { ...environment, root, repository, stack });

  const commit = plan.base.kind === "build" ? found : null;
  // The base first: steps that the head did not change are then cache hits, with the very same bytes.
  const base = await prepareBaseSide(plan, commit, inputs.basePrepare, options);
  const head = await prepareHead(plan, options);

  const sides = await readSides({ head, base }, options);
  const inspected = await inTurns(inspectingSides(sides), signal);
  const { image, used } = await auditImage(
    { name: plan.name, dockerfile: head.dockerfile === null ? null : dockerfileOf(plan.definition) },
    inspected,
    policies,
    signal,
  );
  const isAtBase = commit !== null && !isMissing(commit);
  return {
    schemaVersion: 1,
    tool,
    verdict: image.verdict,
    headCommit: repository === null ? null : await currentCommit(repository),
    baseCommit: isAtBase ? commit.commit : null,
    baseName: isAtBase ? commit.name : null,
    policy: {
      sources: sourcesOf(policies),
      remarks: [...(await changesIn(settled, environment.env)), ...exceptionsIn(settled, used)],
    },
    images: [image],
    notes: await notesOn(plan, base, inputs, repository),
  };
}

/** Reads the images that were not already read during their build. */
async function readSides(
  { head, base }: Sides<PreparedSide>,
  { progress, reading }: PrepareOptions,
): Promise<Sides<Side>> {
  const unread = [head, base].filter((side) => !isMissing(side) && isUnread(side.image));
  if (unread.length > 0) progress.step(unread.length > 1 ? "Reading both images" : "Reading the image");
  if (isMissing(base)) {
    const [image] = await readImages([head.image] as const, reading);
    return { head: { ...head, image }, base };
  }
  const [image, baseImage] = await readImages([head.image, base.image] as const, reading);
  return { head: { ...head, image }, base: { ...base, image: baseImage } };
}

/** Queries the engine and the builder only when needed: images on disk need neither. */
function prepareOptions(
  plan: Plan,
  policies: readonly Policy[],
  environment: AuditEnvironment & Pick<PrepareOptions, "root" | "repository" | "stack">,
): PrepareOptions {
  const { progress, signal, run, stack } = environment;
  const env = dockerEnvironment(environment.env, namesForBuild(plan.definition));
  const builder = once(() => probeBuilder({ env, builder: plan.definition.builder, signal }));
  const isBuilding = plan.head.kind === "build" || plan.base.kind === "build";
  const shared = { examine: examineContent, store: environment.store ?? readingsOfThisRun(), run, signal };
  return {
    ...environment,
    builder,
    reading: {
      ...shared,
      needsPullSize: needsPullSize(policies),
      remark: progress.detail,
      engine: isBuilding ? builder : once(() => probeEngine({ env, signal })),
    },
    readFromBuilder: builderReader({
      ...shared,
      route: environment.builderRoute,
      log: progress.detail,
      stack,
    }),
  };
}
