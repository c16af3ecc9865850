import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { formerDockerfile } from "../../src/git/former-dockerfile.ts";
import { openRepository } from "../../src/git/repository.ts";
import { makeRepository } from "../helpers/repository.ts";

const dockerfile = "FROM alpine:3.22\nRUN apk add curl\nCOPY app /app\n";
const padding = Array.from({ length: 400 }, (_, line) => `# padding ${line}\n`).join("");

type Files = Readonly<Record<string, string | null>>;

/** @param base files of the base commit @param head files that the head changes; its Dockerfile is `path` */
async function former(base: Files, head: Files, path: string, context = ".") {
  using origin = makeRepository();
  const commit = origin.commit(base);
  origin.commit(head);
  await using repository = await openRepository(origin.directory);
  return await formerDockerfile(repository, commit, { path, context });
}

test.each<[string, Files, Files, string, string]>([
  ["there is no Dockerfile", { app: "1" }, { Dockerfile: dockerfile }, "Dockerfile", "."],
  [
    "another service has one",
    { "a/Dockerfile": dockerfile },
    { "b/Dockerfile": dockerfile },
    "b/Dockerfile",
    "b",
  ],
  [
    "the removed file is not a Dockerfile",
    { "old.py": "from app import main\n", "b/x": "" },
    { "old.py": null, "b/Dockerfile": dockerfile },
    "b/Dockerfile",
    "b",
  ],
  [
    "the file beside it is an ignore file",
    { "Dockerfile.dockerignore": "*\n" },
    { Dockerfile: dockerfile },
    "Dockerfile",
    ".",
  ],
])("new: %s", async (_, base, head, path, context) => {
  expect(await former(base, head, path, context)).toEqual({ kind: "nothing" });
});

test.each<[string, Files, Files, string, string, string]>([
  [
    "renamed",
    { Dockerfile: dockerfile },
    { Dockerfile: null, "b/build": dockerfile },
    "b/build",
    "b",
    "Dockerfile",
  ],
  [
    "padded until it looks different",
    { Dockerfile: dockerfile },
    { Dockerfile: null, "b/Dockerfile": padding + dockerfile },
    "b/Dockerfile",
    "b",
    "Dockerfile",
  ],
  [
    "left behind for the same context",
    { Dockerfile: dockerfile },
    { "docker/Dockerfile": padding + dockerfile },
    "docker/Dockerfile",
    ".",
    "Dockerfile",
  ],
  [
    "left behind beside it",
    { "app/Dockerfile": dockerfile },
    { "app/prod.Dockerfile": padding + dockerfile },
    "app/prod.Dockerfile",
    ".",
    "app/Dockerfile",
  ],
  [
    "a Containerfile",
    { Containerfile: dockerfile },
    { Containerfile: null, "x/Dockerfile": padding },
    "x/Dockerfile",
    "x",
    "Containerfile",
  ],
  [
    "with an unusual name, and in lower case",
    { "a/recipe": "  from alpine:3.22 as build\nrun true\n" },
    { "a/recipe": null, "x/Dockerfile": padding },
    "x/Dockerfile",
    "x",
    "a/recipe",
  ],
  [
    "that the head marks as binary",
    { "a/recipe": dockerfile },
    { "a/recipe": null, "x/Dockerfile": padding, ".gitattributes": "* binary\n" },
    "x/Dockerfile",
    "x",
    "a/recipe",
  ],
  [
    "with a byte-order mark, flags and a continued line",
    { "a/recipe": "\ufeffFROM --platform=a --other=b alpine:3.22 \\\r\n AS build\r\n" },
    { "a/recipe": null, "x/Dockerfile": padding },
    "x/Dockerfile",
    "x",
    "a/recipe",
  ],
  [
    "replaced by a directory",
    { docker: dockerfile },
    { docker: null, "docker/Dockerfile": padding },
    "docker/Dockerfile",
    "docker",
    "docker",
  ],
])("not new: %s", async (_, base, head, path, context, expected) => {
  expect(await former(base, head, path, context)).toEqual({ kind: "dockerfile", path: expected });
});

test("an uncommitted Dockerfile proves nothing about the base", async () => {
  using origin = makeRepository();
  const commit = origin.commit({ app: "1" });
  origin.write("Dockerfile", dockerfile);
  await using repository = await openRepository(origin.directory);
  const found = await formerDockerfile(repository, commit, { path: "Dockerfile", context: "." });
  expect(found).toEqual({ kind: "not-committed" });
});

test("reports files that the base commit has but its checkout lacks", async () => {
  using library = makeRepository();
  library.commit({ Dockerfile: dockerfile });
  using origin = makeRepository();
  origin.git("submodule", "--quiet", "add", pathToFileURL(library.directory).href, "library");
  const commit = origin.commit({ Dockerfile: dockerfile });
  await using repository = await openRepository(origin.directory);
  for (const [path, at] of [
    ["Dockerfile", "Dockerfile"],
    ["library/Dockerfile", "library"],
  ] as const) {
    const found = await formerDockerfile(repository, commit, { path, context: "." });
    expect(found).toEqual({ kind: "not-checked-out", path: at });
  }
});
