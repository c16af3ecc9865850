import { chownSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRepository } from "../../src/git/repository.ts";
import { currentCommit } from "../../src/git/tree.ts";
import { makeRepository } from "../helpers/repository.ts";

test("finds the root from a directory inside", async () => {
  using origin = makeRepository();
  origin.commit({ "deep/er/Dockerfile": "FROM scratch\n" });
  await using repository = await openRepository(join(origin.directory, "deep/er"));
  expect(repository.root).toBe(origin.directory);
  expect(repository.gitDirectory).toBe(join(origin.directory, ".git"));
});

test("a directory that is in no repository is a failure that says so", async () => {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), "image-audit-test-"));
  await expect(openRepository(directory)).rejects.toMatchObject({ code: "git-not-a-repository" });
  rmSync(directory, { recursive: true });
  await expect(openRepository(directory)).rejects.toMatchObject({ code: "git-not-a-repository" });
});

test("without git on PATH the failure says that git is missing", async () => {
  using origin = makeRepository();
  // @actions/exec looks programs up on the process' own PATH, not on the child's.
  const path = process.env["PATH"];
  process.env["PATH"] = "/nowhere";
  try {
    await expect(openRepository(origin.directory)).rejects.toMatchObject({ code: "git-missing" });
  } finally {
    process.env["PATH"] = path;
  }
});

test("a cancelled run is no failure of git's", async () => {
  using origin = makeRepository();
  const signal = AbortSignal.abort();
  await expect(openRepository(origin.directory, { signal })).rejects.toMatchObject({ code: "cancelled" });
});

test("works with HOME unset, and variables that point at another repository do not count", async () => {
  using origin = makeRepository();
  const commit = origin.commit({ a: "1" });
  const env = { PATH: process.env.PATH, GIT_DIR: "/nowhere", GIT_INDEX_FILE: "/nowhere" };
  await using repository = await openRepository(origin.directory, { env });
  expect(await currentCommit(repository)).toBe(commit);
});

test.runIf(process.getuid?.() === 0)(
  "another user's repository is read only where it is trusted",
  async () => {
    using origin = makeRepository();
    const commit = origin.commit({ a: "1" });
    chownSync(origin.directory, 12345, 12345);
    chownSync(join(origin.directory, ".git"), 12345, 12345);
    await expect(openRepository(origin.directory)).rejects.toMatchObject({
      code: "git-not-a-repository",
      message: expect.stringContaining("safe.directory"),
    });
    await using repository = await openRepository(origin.directory, { isTrusted: true });
    expect(await currentCommit(repository)).toBe(commit);
  },
);
