import { chownSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRepository } from "../../src/git/repository.ts";
import { currentCommit } from "../../src/git/tree.ts";
import { forgeRepository, plantFiles } from "../helpers/forged-repository.ts";
import { makeRepository } from "../helpers/repository.ts";

test("finds the root from a directory inside", async () => {
  using origin = makeRepository();
  origin.commit({ "deep/er/Dockerfile": "FROM scratch\n" });
  await using repository = await openRepository(join(origin.directory, "deep/er"));
  expect(repository.root).toBe(origin.directory);
  expect(repository.gitDirectory).toBe(join(origin.directory, ".git"));
});

test("reports a directory outside any repository", async () => {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), "image-audit-test-"));
  await expect(openRepository(directory)).rejects.toMatchObject({ code: "git-not-a-repository" });
  rmSync(directory, { recursive: true });
  await expect(openRepository(directory)).rejects.toMatchObject({ code: "git-not-a-repository" });
});

function emptyDirectory(): string {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), "image-audit-test-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** Returns a repository with a configuration whose programs write the file `canary`. */
function forged(canary: string) {
  const programs = `\tsshCommand = touch ${canary}\n\tfsmonitor = touch ${canary}\n\thooksPath = .\n`;
  return forgeRepository({ Dockerfile: "FROM scratch\n" }, programs);
}

test.each([false, true])(
  "ignores the files of a bare repository, in a directory or above the context (workspace: %s)",
  async (isWorkspace) => {
    using origin = makeRepository();
    const canary = join(emptyDirectory(), "canary");
    plantFiles(join(origin.directory, "app/deep"), forged(canary));
    origin.commit({ "app/deep/Dockerfile": "FROM scratch\n" });
    const context = "app/deep";
    for (const directory of isWorkspace ? [""] : ["", "app", "app/deep", "app/deep/refs"]) {
      const at = join(origin.directory, directory);
      await using repository = await openRepository(at, { isWorkspace, context });
      expect(repository).toMatchObject({ root: origin.directory, gitDirectory: `${origin.directory}/.git` });
    }

    const alone = emptyDirectory();
    plantFiles(join(alone, context), forged(canary));
    for (const directory of [alone, join(alone, context)]) {
      const opened = openRepository(directory, { isWorkspace, context });
      await expect(opened).rejects.toMatchObject({ code: "git-not-a-repository" });
    }
    expect(existsSync(canary)).toBe(false);
  },
);

test("a broken .git beside the files of a bare repository does not make git use them", async () => {
  const directory = emptyDirectory();
  plantFiles(directory, forged(join(directory, "canary")));
  mkdirSync(join(directory, ".git"));
  await expect(openRepository(directory)).rejects.toMatchObject({ code: "git-not-a-repository" });
  expect(existsSync(join(directory, "canary"))).toBe(false);
});

test("uses the outermost repository above the context, since a workflow may check out into a subdirectory", async () => {
  using origin = makeRepository();
  using inner = makeRepository();
  origin.commit({ "app/Dockerfile": "FROM scratch\n" });
  inner.commit({ Dockerfile: "FROM scratch\n" });
  const workspace = emptyDirectory();
  origin.git("clone", "--quiet", origin.directory, join(workspace, "src"));
  inner.git("clone", "--quiet", inner.directory, join(workspace, "src/app/inner"));
  for (const context of ["src/app", "src/app/inner", join(workspace, "src/app")]) {
    await using repository = await openRepository(workspace, { isWorkspace: true, context });
    expect(repository.root).toBe(join(workspace, "src"));
  }
  symlinkSync("src", join(workspace, "link"));
  for (const context of ["link/app", ".", "..", join(workspace, "../elsewhere")]) {
    const opened = openRepository(workspace, { isWorkspace: true, context });
    await expect(opened).rejects.toMatchObject({ code: "git-not-a-repository" });
  }
});

test("does not search for a repository above a workspace", async () => {
  using origin = makeRepository();
  origin.commit({ "workspace/Dockerfile": "FROM scratch\n" });
  const opened = openRepository(join(origin.directory, "workspace"), { isWorkspace: true });
  await expect(opened).rejects.toMatchObject({ code: "git-not-a-repository" });
});

test("accepts a linked worktree, which has a .git file", async () => {
  using origin = makeRepository();
  const commit = origin.commit({ a: "1" });
  const worktree = join(emptyDirectory(), "worktree");
  origin.git("worktree", "add", "--quiet", "--detach", worktree);
  await using repository = await openRepository(worktree);
  expect(repository.root).toBe(worktree);
  expect(await currentCommit(repository)).toBe(commit);
});

test("refuses a repository with files elsewhere", async () => {
  using origin = makeRepository();
  origin.commit({ a: "1" });
  origin.git("config", "core.worktree", emptyDirectory());
  await expect(openRepository(origin.directory)).rejects.toMatchObject({ code: "git-not-a-repository" });
});

test("reports that git is missing if it is not on PATH", async () => {
  using origin = makeRepository();
  // @actions/exec searches for programs on the PATH of this process, not on the child's.
  const path = process.env["PATH"];
  process.env["PATH"] = "/nowhere";
  try {
    await expect(openRepository(origin.directory)).rejects.toMatchObject({ code: "git-missing" });
  } finally {
    process.env["PATH"] = path;
  }
});

test("a cancelled run is not a failure of git", async () => {
  using origin = makeRepository();
  const signal = AbortSignal.abort();
  await expect(openRepository(origin.directory, { signal })).rejects.toMatchObject({ code: "cancelled" });
});

test("works without HOME, and ignores variables that point to another repository", async () => {
  using origin = makeRepository();
  const commit = origin.commit({ a: "1" });
  const env = { PATH: process.env.PATH, GIT_DIR: "/nowhere", GIT_INDEX_FILE: "/nowhere" };
  await using repository = await openRepository(origin.directory, { env });
  expect(await currentCommit(repository)).toBe(commit);
});

test.runIf(process.getuid?.() === 0)("reads another user's repository only if it is trusted", async () => {
  using origin = makeRepository();
  const commit = origin.commit({ a: "1" });
  chownSync(origin.directory, 12345, 12345);
  chownSync(join(origin.directory, ".git"), 12345, 12345);
  await expect(openRepository(origin.directory)).rejects.toMatchObject({
    code: "git-not-a-repository",
    message: expect.stringContaining("safe.directory"),
  });
  await using repository = await openRepository(origin.directory, { isWorkspace: true });
  expect(await currentCommit(repository)).toBe(commit);
});
