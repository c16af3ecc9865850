import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Engine, probeEngine } from "../../../src/docker/engine/engine.ts";
import { dockerEnvironment } from "../../../src/docker/engine/environment.ts";
import { findEngineImage } from "../../../src/docker/engine/image.ts";
import { removeTag } from "../../../src/docker/engine/tags.ts";
import { engineEnvironment, stores } from "../../helpers/engine.ts";
import { docker, shellImage, workspace } from "../../helpers/workspace.ts";

describe.each([...stores])("on the %s store", (store) => {
  const shell = `image-audit-test/engine-image:${randomBytes(6).toString("hex")}`;
  let engine: Engine;

  beforeAll(async () => {
    engine = await probeEngine({ env: dockerEnvironment(engineEnvironment(store)) });
    await shellImage(engine.env, shell);
    return () => removeTag(shell, engine);
  }, 120_000);

  test("the socket and the CLI return the same for an image", async () => {
    const found = await findEngineImage(shell, engine);
    const layers = await docker(engine.env, "image", "inspect", "--format", "{{json .RootFS.Layers}}", shell);
    expect(found).toMatchObject({ diffIds: JSON.parse(layers), hasName: true });
    expect(found?.size).toBeGreaterThan(0);
    expect(await findEngineImage(shell, { ...engine, socket: null })).toEqual(found);
    expect(await findEngineImage(shell, { ...engine, socket: "/nowhere.sock" })).toEqual(found);
  });

  test("distinguishes a missing image from a missing engine", async () => {
    for (const name of ["docker-edge-none:1", "--help", "a b", "a?b"]) {
      expect(await findEngineImage(name, engine)).toBeNull();
    }
    const gone = { env: { ...engine.env, DOCKER_HOST: "unix:///nowhere.sock" }, socket: "/nowhere.sock" };
    await expect(findEngineImage(shell, gone)).rejects.toMatchObject({ code: "engine-missing" });
  });

  test("reports an image that has only an ID, since it would be removed with our tag", async () => {
    await using context = await workspace({ Dockerfile: `FROM ${shell}\nRUN echo ${shell} >/nameless` });
    const args = ["buildx", "build", "--quiet", "--load", context.path];
    const id = (await docker(engine.env, ...args)).trim();
    // The containerd store names what it loads by digest.
    const names = await docker(engine.env, "image", "inspect", "--format", "{{json .RepoDigests}}", id);
    const found = await findEngineImage(id, engine);
    expect(found?.hasName).toBe((JSON.parse(names) ?? []).length > 0);
    await docker(engine.env, "image", "rm", id);
  });
});
