import { readFile } from "node:fs/promises";
import { expect, inject, test } from "vitest";
import { provide } from "../../../scripts/demo/base-image.ts";
import type { Example } from "../../../scripts/demo/example.ts";
import { examples } from "../../../scripts/demo/examples.ts";
import { use } from "../../../scripts/demo/use.ts";
import { docker, engineEnvironment, stores } from "../../helpers/engine.ts";

const [store] = stores;

/** What an engine says when it starts the image that the demo calls broken. */
const ends = { venv: /no such file/, renamed: /Unable to access jarfile/, twice: /Cannot find module/ };

// Without the calculator, whose build installs Go for a minute. The demo runs it. Java and Node.js take two minutes more,
// for their base images.
const isWhole = process.env["ALL_PROGRAMS"] === "1";

test.each(Object.entries(ends).filter(([change]) => isWhole || change === "venv"))(
  "an example runs in its slim image, and does not start as the pull request %s breaks it",
  async (change, end) => {
    const example =
      examples.find(({ changes }) => changes.some(({ name }) => name === change)) ?? examples[0];
    const broken = `Dockerfile.${change}`;
    const contexts = await contextsFor(["Dockerfile", broken], example);
    expect(await use(example, contexts, engineEnvironment(store))).toMatch(example.use.answer);

    const tag = `image-audit-test/${example.name}`;
    const directory = `examples/${example.name}`;
    const flags = contexts.flatMap((context) => ["--build-context", context]);
    const file = ["--file", `${directory}/${broken}`];
    const built = await docker(
      store,
      "buildx",
      "build",
      "--load",
      "--tag",
      tag,
      ...flags,
      ...file,
      directory,
    );
    expect(built).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await docker(store, "run", "--rm", tag);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(end);
  },
  300_000,
);

/** Provides the base images that these Dockerfiles name, under names that no user's image has. */
async function contextsFor(
  dockerfiles: readonly string[],
  { name, baseImages }: Example,
): Promise<readonly string[]> {
  const texts = await Promise.all(dockerfiles.map((file) => readFile(`examples/${name}/${file}`, "utf8")));
  const contexts: string[] = [];
  for (const image of baseImages) {
    if (!texts.some((text) => text.split(/\s+/).includes(image.reference))) continue;
    const { reference } = await provide(image, {
      isPrivate: false,
      variables: inject("engines")[store] ?? {},
    });
    contexts.push(`${image.reference}=docker-image://${reference}`);
  }
  return contexts;
}
