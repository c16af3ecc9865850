import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import { parseInputs } from "../../src/inputs/inputs.ts";
import type { Inspection } from "../../src/inspect/inspection.ts";
import { newStage } from "../../src/policy/advice/new-stage.ts";
import { secondStage } from "../../src/policy/advice/second-stage.ts";
import type { NewStage } from "../../src/policy/advice/stage.ts";
import { makeStandIn } from "../../tools/engine/stand-ins/stand-in.ts";
import { advisedImages } from "../helpers/advised-images.ts";
import { answerOf } from "../helpers/answer.ts";
import { docker, engineEnvironment, stores } from "../helpers/engine.ts";
import { followAdvice } from "../helpers/follow-advice.ts";
import { plainText } from "../helpers/plain-text.ts";
import { wheels } from "../helpers/wheels.ts";
import { workspace } from "../helpers/workspace.ts";

// Follows the advice: builds images as people write them, audits them, does to each Dockerfile what the
// advice says and nothing else, and starts the result.

const [store] = stores;
const isWhole = process.env["ALL_PROGRAMS"] === "1";
const images = Object.entries(advisedImages)
  .map(([name, image], index) => ({ name, index, ...image }))
  .filter(({ isCostly }) => isWhole || isCostly !== true);
/** Layers of base images are read once. */
const readings = readingsOfThisRun();
/** What to write after FROM, by the name of the image. */
const standIns = new Map<string, string>();
let packages = "";

beforeAll(async () => {
  packages = await wheels(isWhole ? ["django", "flask", "gunicorn", "numpy"] : ["flask"]);
  const names = [
    ...images.flatMap(({ dockerfile }) => basesOf(dockerfile)),
    ...images.flatMap(({ advice }) => advice ?? []),
    ...["gcr.io/distroless/static-debian13", "gcr.io/distroless/static-debian13:nonroot"],
    "python:3.13-slim-trixie",
  ].filter((name) => name !== "scratch");
  const variables = engineEnvironment(store);
  const isPrivate = variables["DOCKER_HOST"] !== process.env["DOCKER_HOST"];
  const make = async (name: string) => standIns.set(name, await makeStandIn(name, { isPrivate, variables }));
  await Promise.all([...new Set(names)].map(make));
}, 900_000);

describe.concurrent("advice that is followed makes an image that starts and answers", () => {
  test.for(images)("$name", { timeout: 600_000 }, async (image) => {
    const { index, dockerfile, files, application = [], answers, port, advice } = image;
    await using context = await workspace({ Dockerfile: dockerfile, ...files });
    const tag = `image-audit-test/advised:${index}`;
    await build(tag, context.path);
    expect(await answerOf(store, tag, port)).toBe(answers);
    const head = await inspected(tag, context.path);
    const stage = newStage(head);
    expect(stage?.from[0] ?? null).toBe(advice);
    if (stage === null) return;
    const said = secondStage(head).map(plainText).join("\n");
    for (const part of partsOf(stage)) expect(said).toContain(part);
    for (const [way, from] of stage.from.entries()) {
      const followed = followAdvice(dockerfile, stage, { from, application, head });
      await using better = await workspace({ ...files, Dockerfile: followed });
      const newTag = `${tag}-${way}`;
      await build(newTag, better.path);
      expect(await answerOf(store, newTag, port), followed).toBe(answers);
      const now = await inspected(newTag, better.path);
      expect(now).toMatchObject({ distroless: { verdict: "yes" }, start: { problems: [] } });
      expect(now.size).toBeLessThan(head.size);
    }
  });
});

/** Returns the names after FROM, without those of stages. */
function basesOf(dockerfile: string): readonly string[] {
  const names = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, name = ""]) => name);
  return names.filter((name) => !dockerfile.includes(` AS ${name}\n`));
}

async function build(tag: string, context: string): Promise<void> {
  const contexts = [
    ...[...standIns].filter(([name, to]) => name !== to).map(([name, to]) => `${name}=docker-image://${to}`),
    `wheels=${packages}`,
  ].flatMap((named) => ["--build-context", named]);
  const args = ["buildx", "build", "--quiet", "--provenance=false", "--load", "--tag", tag];
  const { code, stderr } = await docker(store, ...args, ...contexts, context);
  expect(code, stderr).toBe(0);
}

/** Returns the inspection of an image, as an audit with its Dockerfile makes it. */
async function inspected(tag: string, context: string): Promise<Inspection> {
  const inputs = parseInputs(
    new Map([
      ["image", tag],
      ["compare-with", tag],
      ["context", context],
      ["file", join(context, "Dockerfile")],
    ]),
  );
  const progress = { step() {}, detail() {}, end() {} };
  const environment = { directory: context, env: engineEnvironment(store), progress, store: readings };
  const { images } = await audit(inputs, { kind: "terminal", baseBranch: null }, environment);
  const [image] = images;
  if (image === undefined) throw new Error("The audit has no image.");
  return image.head;
}

/** Returns all that a sentence must mention, so that people can do what this test does. */
function partsOf({
  placement,
  from,
  libraries,
  libraryDirectory,
  packages,
  ...stage
}: NewStage): readonly string[] {
  return [
    ...from.map((reference) => (placement === "add" ? `FROM ${reference}` : reference)),
    ...libraries,
    ...(libraries.length > 0 ? [libraryDirectory] : []),
    ...(packages === null ? [] : [`FROM ${packages.from}`]),
    ...(packages?.target ? Object.values(packages.target) : []),
    ...stage.writes,
    ...stage.repeats,
    ...stage.removes.map((line) => `Remove the ${line} line`),
    ...(stage.renamed.length === 0 ? [] : ["--chown", "65532"]),
    ...(placement === "add" ? ["COPY --from"] : stage.renamed),
    ...(stage.movesCommands ? ["RUN"] : []),
  ];
}
