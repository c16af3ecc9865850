import { readFile } from "node:fs/promises";
import { expect, inject, test } from "vitest";
import { provide } from "../../../scripts/demo/base-image.ts";
import type { Example } from "../../../scripts/demo/example.ts";
import { examples } from "../../../scripts/demo/examples.ts";
import { use } from "../../../scripts/demo/use.ts";
import { docker, engineEnvironment, stores } from "../../helpers/engine.ts";

const [store] = stores;
/** The demo runs the calculator, whose build installs Go. */
const services = examples.filter(({ use }) => use.kind === "service");

test.each(services)(
  "the $name runs in its slim image, and does not start as the demo breaks it",
  async (example) => {
    const broken = example.changes.find(({ to }) => !["Dockerfile", "Dockerfile.full"].includes(to));
    const contexts = await contextsFor(["Dockerfile", broken?.to ?? ""], example);
    expect(await use(example, contexts, engineEnvironment(store))).toMatch(example.use.answer);

    const flags = contexts.flatMap((context) => ["--build-context", context]);
    const directory = `examples/${example.name}`;
    const built = await docker(
      store,
      "buildx",
      "build",
      "--quiet",
      "--load",
      ...flags,
      "--file",
      `${directory}/${broken?.to}`,
      directory,
    );
    const { code } = await docker(store, "run", "--rm", built.stdout.trim());
    expect(code).not.toBe(0);
  },
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
