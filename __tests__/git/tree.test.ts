import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { openRepository } from "../../src/git/repository.ts";
import { currentCommit, fileAt, uncommittedInContext, wasMoved } from "../../src/git/tree.ts";
import { makeRepository, type TestRepository } from "../helpers/repository.ts";

const dockerfile =
  'FROM golang AS build\nRUN go build\n\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app"]\n';

test("reads a file from the commit, not from the working tree", async () => {
  using origin = makeRepository();
  const commit = origin.commit({ Dockerfile: dockerfile });
  origin.write("Dockerfile", "FROM ubuntu\n");
  await using repository = await openRepository(origin.directory);
  expect(await fileAt(repository, commit, "./Dockerfile")).toEqual({ kind: "file", text: dockerfile });
});

test.each(["a b/Dockerfile", "größe/Döckerfile", "line\nbreak", "*", ":(top)x", "-- x", "a\\b"])(
  "reads a file named %j by exactly that name",
  async (path) => {
    using origin = makeRepository();
    const commit = origin.commit({ [path]: "this one", decoy: "another" });
    await using repository = await openRepository(origin.directory);
    expect(await fileAt(repository, commit, path)).toEqual({ kind: "file", text: "this one" });
  },
);

test("fetches a file of a commit that the clone lacks, without changing the clone", async () => {
  using origin = makeRepository();
  const one = origin.commit({ Dockerfile: dockerfile });
  origin.commit({ Dockerfile: "FROM ubuntu\n" });
  using clone = origin.shallowClone("main");
  const before = stateOf(clone);
  const repository = await openRepository(clone.directory);
  expect(await fileAt(repository, one, "Dockerfile")).toEqual({ kind: "file", text: dockerfile });
  expect(await fileAt(repository, one, "nothing")).toEqual({ kind: "missing" });
  expect(stateOf(clone)).toEqual(before);
  expect(() => readdirSync(repository.store)).not.toThrow();
  await repository[Symbol.asyncDispose]();
  expect(() => readdirSync(repository.store)).toThrow("ENOENT");
});

test("never follows a Dockerfile that is a link", async () => {
  using origin = makeRepository();
  symlinkSync("/proc/self/environ", join(origin.directory, "Dockerfile"));
  symlinkSync("/etc", join(origin.directory, "linked"));
  const commit = origin.commit({ "real/file": "x" });
  await using repository = await openRepository(origin.directory);
  expect(await fileAt(repository, commit, "Dockerfile")).toEqual({ kind: "symlink" });
  expect(await fileAt(repository, commit, "linked/hostname")).toEqual({ kind: "missing" });
  expect(await fileAt(repository, commit, "real")).toEqual({ kind: "directory" });
  expect(await fileAt(repository, commit, ".")).toEqual({ kind: "directory" });
});

test.each(["../etc/passwd", "/etc/passwd", "a/../../b", "..", "a\0b"])(
  "refuses the path %j",
  async (path) => {
    using origin = makeRepository();
    const commit = origin.commit({ a: "1" });
    await using repository = await openRepository(origin.directory);
    await expect(fileAt(repository, commit, path)).rejects.toMatchObject({ code: "input-invalid" });
  },
);

test("does not read a file above 1 MiB", async () => {
  using origin = makeRepository();
  const commit = origin.commit({ small: "x".repeat(1024 * 1024), large: "x".repeat(1024 * 1024 + 1) });
  await using repository = await openRepository(origin.directory);
  expect(await fileAt(repository, commit, "small")).toMatchObject({ kind: "file" });
  await expect(fileAt(repository, commit, "large")).rejects.toMatchObject({ code: "limit-exceeded" });
});

test("finds the old path of a moved and edited Dockerfile in a clone of one commit", async () => {
  using origin = makeRepository();
  const base = origin.commit({ "old/Dockerfile": dockerfile, "other/Dockerfile": dockerfile });
  origin.commit({ "old/Dockerfile": null, "new/Döckerfile": `${dockerfile}USER 1000\n` });
  using clone = origin.shallowClone("main");
  const before = stateOf(clone);
  await using repository = await openRepository(clone.directory);
  expect(await wasMoved(repository, base, "new/Döckerfile")).toBe("old/Dockerfile");
  expect(stateOf(clone)).toEqual(before);
});

test("finds the old path of a Dockerfile that moved only in the working tree", async () => {
  using origin = makeRepository();
  const base = origin.commit({ docker: dockerfile });
  rmSync(join(origin.directory, "docker"));
  origin.write("docker/Dockerfile", dockerfile);
  const before = stateOf(origin);
  await using repository = await openRepository(origin.directory);
  expect(await wasMoved(repository, base, "docker/Dockerfile")).toBe("docker");
  expect(stateOf(origin)).toEqual(before);
});

test("a Dockerfile is new if the similar one stays or the removed one is different", async () => {
  using origin = makeRepository();
  const base = origin.commit({ Dockerfile: dockerfile, notes: "quite\nanother\ntext\n" });
  origin.commit({ notes: null, "second/Dockerfile": dockerfile });
  await using repository = await openRepository(origin.directory);
  expect(await wasMoved(repository, base, "second/Dockerfile")).toBeNull();
});

test("uncommitted files in the context exist only on the head, whether git ignores them or not", async () => {
  using origin = makeRepository();
  origin.commit({ ".gitignore": "*.log\n", "app/tracked": "1" });
  for (const path of [
    "app/new file",
    "app/a.log",
    "app/dist/one",
    "app/dist/two",
    "elsewhere/x",
    "app/ü\n",
  ]) {
    origin.write(path, "x");
  }
  await using repository = await openRepository(join(origin.directory, "app"));
  expect(await uncommittedInContext(repository, "app")).toEqual([
    "app/a.log",
    "app/dist/",
    "app/new file",
    "app/ü\n",
  ]);
  expect(await uncommittedInContext(repository, ".")).toContain("elsewhere/");
});

test("the outer repository knows nothing about a context in a submodule", async () => {
  using library = makeRepository();
  library.commit({ "app/tracked": "1" });
  using origin = makeRepository();
  origin.git("submodule", "--quiet", "add", pathToFileURL(library.directory).href, "library");
  origin.commit({ a: "1" });
  origin.write("library/app/new", "x");
  await using repository = await openRepository(origin.directory);
  for (const context of ["library", "library/app"]) {
    expect(await uncommittedInContext(repository, context)).toEqual([]);
  }
});

test("the current commit is null before the first", async () => {
  using origin = makeRepository();
  await using repository = await openRepository(origin.directory);
  expect(await currentCommit(repository)).toBeNull();
  const commit = origin.commit({ a: "1" });
  expect(await currentCommit(repository)).toBe(commit);
});

test("removes temporary objects afterwards", async () => {
  using origin = makeRepository();
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), "image-audit-test-"));
  const base = origin.commit({ a: dockerfile });
  origin.commit({ a: null, b: dockerfile });
  using clone = origin.shallowClone("main");
  {
    await using repository = await openRepository(clone.directory, { temporary });
    expect(await wasMoved(repository, base, "b")).toBe("a");
  }
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(temporary, { recursive: true });
});

/**
 * Returns everything that a user could notice: refs, index, configuration, objects, shallowness, and files.
 */
function stateOf(repository: TestRepository): unknown {
  const files = readdirSync(join(repository.directory, ".git"), { recursive: true, withFileTypes: true });
  return {
    names: files.map((file) => join(file.parentPath, file.name)).sort(),
    status: repository.git("status", "--porcelain", "--untracked-files=all"),
    refs: repository.git("for-each-ref"),
  };
}
