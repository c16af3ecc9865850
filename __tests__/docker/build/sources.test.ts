import { chmod, truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BuildDefinition } from "../../../src/docker/build/definition.ts";
import { findSources } from "../../../src/docker/build/sources.ts";
import { definition } from "../../helpers/build-definition.ts";
import { asOtherUser } from "../../helpers/other-user.ts";
import { workspace } from "../../helpers/workspace.ts";

const files = {
  Dockerfile: "FROM scratch\n",
  "app/Dockerfile": "FROM app\n",
  "app/prod.Dockerfile": "FROM prod\n",
  "app/linked.Dockerfile": "-> prod.Dockerfile",
  "app/leak.Dockerfile": "-> /etc/hostname",
  "app/secret": "s",
  "app/directory/x": "",
  inside: "-> app",
  etc: "-> /etc",
  "app/own": "FROM scratch\n",
  "app/own.dockerignore": "-> secret",
  "linked-ignore/Dockerfile": "FROM scratch\n",
  "linked-ignore/.dockerignore": "-> ../app/secret",
  "endless-ignore/Dockerfile": "FROM scratch\n",
  "endless-ignore/.dockerignore": "-> /dev/ptmx",
  "leak.txt": "-> /etc/hostname",
  up: "-> ..",
};

test("resolves directories inside the tree, through links that stay in it", async () => {
  await using tree = await workspace(files);
  const overrides = {
    context: "inside",
    file: "app/prod.Dockerfile",
    buildContexts: new Map([["a", "inside/directory"]]),
  };
  expect(await findSources(definition(overrides), tree.path)).toEqual({
    context: join(tree.path, "app"),
    dockerfile: Buffer.from("FROM prod\n"),
    ignoreFile: null,
    buildContexts: new Map([["a", { kind: "local", value: join(tree.path, "app/directory") }]]),
    secretFiles: new Map(),
  });
});

test("uses the context's Dockerfile if none is named", async () => {
  await using tree = await workspace(files);
  const { dockerfile } = await findSources(definition({ context: "app" }), tree.path);
  expect(String(dockerfile)).toBe("FROM app\n");
});

test("prefers the ignore file named after the Dockerfile to the context's", async () => {
  await using tree = await workspace({
    ...files,
    "app/.dockerignore": "of the context",
    "docker/a": "FROM a\n",
    "docker/a.dockerignore": "",
    "docker/b": "FROM b\n",
    "docker/.dockerignore": "of nothing",
  });
  const ignoreFile = async (file: string | null, context = "app") =>
    (await findSources(definition({ context, file }), tree.path)).ignoreFile;
  expect(String(await ignoreFile(null))).toBe("of the context");
  expect(String(await ignoreFile("docker/b", "inside"))).toBe("of the context");
  expect(await ignoreFile("docker/a")).toEqual(Buffer.alloc(0));
  expect(await ignoreFile("docker/b", ".")).toBeNull();
});

test.each<[string, Partial<BuildDefinition>, string]>([
  ["a link out of the tree", { context: "etc" }, "context-outside-workspace"],
  ["the parent directory", { context: ".." }, "context-outside-workspace"],
  ["a link to the parent directory", { context: "up" }, "context-outside-workspace"],
  ["an absolute path", { context: "/etc" }, "context-outside-workspace"],
  ["standard input", { context: "-" }, "context-outside-workspace"],
  ["a URL", { context: "https://example.com/x.git#main:sub" }, "context-outside-workspace"],
  ["a git address", { context: "git@example.com:x.git" }, "context-outside-workspace"],
  ["a missing directory", { context: "none" }, "input-invalid"],
  ["a file", { context: "Dockerfile" }, "input-invalid"],
  ["a missing Dockerfile", { file: "none" }, "dockerfile-missing"],
  ["a Dockerfile that is a directory", { file: "app" }, "file-refused"],
  ["a Dockerfile that links out of the tree", { file: "app/leak.Dockerfile" }, "file-refused"],
  ["a Dockerfile behind a link out of the tree", { file: "etc/hostname" }, "file-refused"],
  ["a Dockerfile above the tree", { file: "../Dockerfile" }, "file-refused"],
  ["a Dockerfile that is a link", { file: "app/linked.Dockerfile" }, "file-refused"],
  ["a Dockerfile behind a linked directory", { file: "inside/prod.Dockerfile" }, "file-refused"],
  ["the context's Dockerfile behind a linked directory", { context: "inside" }, "file-refused"],
  ["an ignore file that is a link", { context: "linked-ignore" }, "file-refused"],
  ["an ignore file that never ends", { context: "endless-ignore" }, "file-refused"],
  ["an ignore file named after the Dockerfile that is a link", { file: "app/own" }, "file-refused"],
  [
    "a named context out of the tree",
    { buildContexts: new Map([["a", "etc"]]) },
    "context-outside-workspace",
  ],
  ["a missing named context", { buildContexts: new Map([["a", "none"]]) }, "input-invalid"],
  [
    "a secret file that links out of the tree",
    { secretFiles: new Map([["a", "leak.txt"]]) },
    "context-outside-workspace",
  ],
  ["a secret file above the tree", { secretFiles: new Map([["a", "../x"]]) }, "input-invalid"],
  ["a secret file that is a directory", { secretFiles: new Map([["a", "app"]]) }, "input-invalid"],
])("refuses %s", async (_, overrides, code) => {
  await using tree = await workspace(files);
  await expect(findSources(definition(overrides), tree.path)).rejects.toMatchObject({ code });
});

test.each(["Dockerfile", ".dockerignore"])("refuses a %s of more than a mebibyte", async (name) => {
  await using tree = await workspace({ ...files, ".dockerignore": "" });
  await truncate(join(tree.path, name), 1024 * 1024 + 1);
  await expect(findSources(definition(), tree.path)).rejects.toMatchObject({ code: "file-refused" });
});

test("the refusal of a link names the link, its target and the fix", async () => {
  await using tree = await workspace(files);
  await expect(findSources(definition({ context: "inside" }), tree.path)).rejects.toThrow(
    '"inside/Dockerfile" is reached through "inside", a symbolic link to "app", and links in a repository are not followed. Set the input `file`, or for the base `base-file`, to the Dockerfile\'s own path.',
  );
});

test("accepts an absolute secret file outside, but refuses one inside that links out", async () => {
  await using tree = await workspace(files);
  const outside = await findSources(
    definition({ secretFiles: new Map([["a", "/etc/hostname"]]) }),
    tree.path,
  );
  expect(outside.secretFiles.get("a")).toBe("/etc/hostname");
  const leaking = definition({ secretFiles: new Map([["a", join(tree.path, "leak.txt")]]) });
  await expect(findSources(leaking, tree.path)).rejects.toMatchObject({ code: "context-outside-workspace" });
});

test("passes contexts that are not directories unchanged", async () => {
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

test.each<readonly [what: string, wishes: Partial<BuildDefinition>, sentence: string]>([
  [
    "a context",
    { context: "closed/app" },
    'The build context is "closed/app", which is not accessible to this user',
  ],
  [
    "a context that is a loop",
    { context: "loop" },
    'The build context is "loop", which leads into a loop of symbolic links',
  ],
  [
    "another context",
    { buildContexts: new Map([["a", "closed/app"]]) },
    'The build context "a" is "closed/app", which is not accessible to this user',
  ],
  [
    "a secret file",
    { secretFiles: new Map([["a", "closed/secret"]]) },
    'The file of the secret "a" is "closed/secret", which is not accessible to this user',
  ],
  [
    "a secret file that is a loop",
    { secretFiles: new Map([["a", "loop"]]) },
    "leads into a loop of symbolic links",
  ],
  [
    "a secret file with a long name",
    { secretFiles: new Map([["a", "n".repeat(300)]]) },
    "has a name that is too long",
  ],
])("reports what the system refuses as refused, not as missing: %s", async (_, overrides, sentence) => {
  await using tree = await workspace({ ...files, "closed/app/x": "", "closed/secret": "s", loop: "-> loop" });
  await chmod(tree.path, 0o755);
  await chmod(join(tree.path, "closed"), 0);
  const failure = await asOtherUser(() => findSources(definition(overrides), tree.path));
  await chmod(join(tree.path, "closed"), 0o755);
  expect(failure).toMatchObject({ code: "input-invalid", message: expect.stringContaining(sentence) });
});
