import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BuildDefinition } from "../../src/docker/build-definition.ts";
import { findSources } from "../../src/docker/build-sources.ts";
import { definition } from "./definition.ts";
import { workspace } from "./workspace.ts";

const files = {
  Dockerfile: "FROM scratch\n",
  "app/Dockerfile": "FROM scratch\n",
  "app/prod.Dockerfile": "FROM scratch\n",
  "app/linked.Dockerfile": "-> prod.Dockerfile",
  "app/leak.Dockerfile": "-> /etc/hostname",
  "app/secret": "s",
  "app/directory/x": "",
  inside: "-> app",
  etc: "-> /etc",
  "leak.txt": "-> /etc/hostname",
  up: "-> ..",
};

test("paths are resolved inside the tree, through links that stay in it", async () => {
  await using tree = await workspace(files);
  const wishes = {
    context: "inside",
    file: "inside/linked.Dockerfile",
    buildContexts: new Map([["a", "app/directory"]]),
  };
  expect(await findSources(definition(wishes), tree.path)).toEqual({
    context: join(tree.path, "app"),
    // by the name as written, since <name>.dockerignore goes with it
    dockerfile: { directory: join(tree.path, "app"), name: "linked.Dockerfile" },
    buildContexts: new Map([["a", { kind: "local", value: join(tree.path, "app/directory") }]]),
    secretFiles: new Map(),
  });
});

test("the Dockerfile is the context's where none is named", async () => {
  await using tree = await workspace(files);
  const { dockerfile } = await findSources(definition({ context: "app" }), tree.path);
  expect(dockerfile).toEqual({ directory: join(tree.path, "app"), name: "Dockerfile" });
});

test.each<[string, Partial<BuildDefinition>, string]>([
  ["a link out of the tree", { context: "etc" }, "context-outside-workspace"],
  ["the directory above", { context: ".." }, "context-outside-workspace"],
  ["a link to the directory above", { context: "up" }, "context-outside-workspace"],
  ["an absolute path", { context: "/etc" }, "context-outside-workspace"],
  ["standard input", { context: "-" }, "context-outside-workspace"],
  ["a URL", { context: "https://example.com/x.git#main:sub" }, "context-outside-workspace"],
  ["a git address", { context: "git@example.com:x.git" }, "context-outside-workspace"],
  ["no directory", { context: "none" }, "input-invalid"],
  ["a file", { context: "Dockerfile" }, "input-invalid"],
  ["a Dockerfile that is not there", { file: "none" }, "dockerfile-missing"],
  ["a Dockerfile that is a directory", { file: "app" }, "dockerfile-missing"],
  ["a Dockerfile that links out of the tree", { file: "app/leak.Dockerfile" }, "context-outside-workspace"],
  ["a Dockerfile behind a link out of the tree", { file: "etc/hostname" }, "context-outside-workspace"],
  [
    "a named context out of the tree",
    { buildContexts: new Map([["a", "etc"]]) },
    "context-outside-workspace",
  ],
  ["a named context that is not there", { buildContexts: new Map([["a", "none"]]) }, "input-invalid"],
  [
    "a secret's file that links out of the tree",
    { secretFiles: new Map([["a", "leak.txt"]]) },
    "context-outside-workspace",
  ],
  ["a secret's file above the tree", { secretFiles: new Map([["a", "../x"]]) }, "input-invalid"],
  ["a secret's file that is a directory", { secretFiles: new Map([["a", "app"]]) }, "input-invalid"],
])("%s is refused", async (_, wishes, code) => {
  await using tree = await workspace(files);
  await expect(findSources(definition(wishes), tree.path)).rejects.toMatchObject({ code });
});

test("a Dockerfile of more than a megabyte is refused", async () => {
  await using tree = await workspace(files);
  await truncate(join(tree.path, "Dockerfile"), 1024 * 1024 + 1);
  await expect(findSources(definition(), tree.path)).rejects.toMatchObject({ code: "dockerfile-missing" });
});

test("an absolute secret's file outside is the workflow's own word, and one inside must not lead out", async () => {
  await using tree = await workspace(files);
  const outside = await findSources(
    definition({ secretFiles: new Map([["a", "/etc/hostname"]]) }),
    tree.path,
  );
  expect(outside.secretFiles.get("a")).toBe("/etc/hostname");
  const leaking = definition({ secretFiles: new Map([["a", join(tree.path, "leak.txt")]]) });
  await expect(findSources(leaking, tree.path)).rejects.toMatchObject({ code: "context-outside-workspace" });
});

test("contexts that are no directories pass as they are", async () => {
  await using tree = await workspace(files);
  const values = [
    "docker-image://alpine:3",
    "oci-layout://./app",
    "https://example.com/a.tar",
    "git@example.com:a.git",
  ];
  const buildContexts = new Map(values.map((value) => [value.slice(0, 3), value]));
  const found = await findSources(definition({ buildContexts }), tree.path);
  expect([...found.buildContexts.values()]).toEqual(
    [...buildContexts.values()].map((value) => ({ kind: "other", value })),
  );
});
