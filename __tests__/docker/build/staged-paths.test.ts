import { readdir, readFile, readlink, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findSources } from "../../../src/docker/build/sources.ts";
import { stagePaths } from "../../../src/docker/build/staged-paths.ts";
import { definition } from "../../helpers/build-definition.ts";
import { workspace } from "../../helpers/workspace.ts";

const files = {
  "app/a.Dockerfile": "\ufeffFROM scratch\r\n",
  "app/a.Dockerfile.rego": "package docker\ndefault allow := true\n",
  "app/Dockerfile.rego": "package docker\ndefault allow := true\n",
  "app/.dockerignore": "ignored\n",
  "lib/x": "",
};
const requested = definition({
  context: "app",
  file: "app/a.Dockerfile",
  buildContexts: new Map([["lib", "lib"]]),
  secrets: new Map([["key", "hunter2"]]),
});

test("stages only the Dockerfile and its ignore file, as they were read", async () => {
  await using tree = await workspace(files);
  await using place = await workspace();
  const { dockerfile } = await stagePaths(
    await findSources(requested, tree.path),
    requested,
    "head",
    place.path,
  );
  expect(basename(dockerfile)).toBe("Dockerfile");
  expect((await readdir(dirname(dockerfile))).toSorted()).toEqual(["Dockerfile", "Dockerfile.dockerignore"]);
  expect(await readFile(dockerfile, "utf8")).toBe(files["app/a.Dockerfile"]);
  expect(await readFile(`${dockerfile}.dockerignore`, "utf8")).toBe("ignored\n");
});

test.each([[{ "app/.dockerignore": "" }], [{ "app/a.Dockerfile.dockerignore": "" }]])(
  "stages an ignore file without patterns, since BuildKit would search elsewhere for a missing one: %j",
  async (more) => {
    await using tree = await workspace({ ...files, ...more });
    await using place = await workspace();
    const { dockerfile } = await stagePaths(
      await findSources(requested, tree.path),
      requested,
      "base",
      place.path,
    );
    expect(await readFile(`${dockerfile}.dockerignore`, "utf8")).toBe("\n");
  },
);

test("no two directories end in the same name, and only this user may read secrets", async () => {
  await using tree = await workspace(files);
  const names: string[] = [];
  for (const side of ["base", "head", "head"] as const) {
    await using place = await workspace();
    const places = await stagePaths(await findSources(requested, tree.path), requested, side, place.path);
    expect(await readlink(places.context)).toBe(join(tree.path, "app"));
    names.push(places.context, dirname(places.dockerfile), ...places.buildContexts.values());
    const secret = places.secretFiles.get("key") ?? "";
    expect((await stat(secret)).mode & 0o077).toBe(0);
  }
  expect(new Set(names.map((path) => basename(path))).size).toBe(9);
  expect(names).toHaveLength(9);
});
