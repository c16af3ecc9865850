import { expect, test } from "vitest";
import { findBase } from "../../src/git/commit.ts";
import { openRepository } from "../../src/git/repository.ts";
import type { Sha } from "../../src/git/sha.ts";
import { makeRepository, type TestRepository } from "../helpers/repository.ts";

/** main has one, then two. feature branches off at one. `merge` is GitHub's merge of both. */
function pullRequest(): { origin: TestRepository; one: Sha; two: Sha; tip: Sha } {
  const origin = makeRepository();
  const one = origin.commit({ Dockerfile: "FROM scratch\n" });
  origin.branch("feature");
  const tip = origin.commit({ app: "1" });
  origin.switch("main");
  const two = origin.commit({ other: "2" });
  origin.git("switch", "--quiet", "--detach");
  origin.merge("feature");
  origin.git("branch", "merge");
  origin.switch("main");
  return { origin, one, two, tip };
}

const nothing = "0".repeat(40);

test("uses the first parent of a merge commit, even if the clone is shallow and the event's base is old", async () => {
  const { origin, one, two, tip } = pullRequest();
  using _ = origin;
  using clone = origin.shallowClone("merge");
  await using repository = await openRepository(clone.directory);
  const base = await findBase(repository, {
    kind: "pull-request",
    headSha: tip,
    baseSha: one,
    baseRef: "main",
  });
  expect(base).toEqual({ commit: two, name: "main" });
});

test("uses the merge base with the base branch for a checked out head", async () => {
  const { origin, one, two, tip } = pullRequest();
  using _ = origin;
  using clone = origin.clone();
  clone.git("switch", "--quiet", "feature");
  await using repository = await openRepository(clone.directory);
  const base = await findBase(repository, {
    kind: "pull-request",
    headSha: tip,
    baseSha: two,
    baseRef: "main",
  });
  expect(base).toEqual({ commit: one, name: "main" });
});

test("does not mistake a head that merges main for the test merge", async () => {
  const { origin, two } = pullRequest();
  using _ = origin;
  origin.switch("feature");
  const merged = origin.merge("main");
  await using repository = await openRepository(origin.directory);
  const base = await findBase(repository, {
    kind: "pull-request",
    headSha: merged,
    baseSha: two,
    baseRef: "main",
  });
  expect(base).toEqual({ commit: two, name: "main" });
});

test("ignores the branches of a clone, since they may be a fork's", async () => {
  const { origin, one, two, tip } = pullRequest();
  using _ = origin;
  using fork = origin.clone();
  fork.git("switch", "--quiet", "feature");
  // A full clone of the fork. Its main is the pull request's head.
  fork.git("update-ref", "refs/remotes/origin/main", tip);
  fork.git("update-ref", "refs/heads/main", tip);
  await using repository = await openRepository(fork.directory);
  const question = { kind: "pull-request", headSha: tip, baseSha: two, baseRef: "main" } as const;
  expect(await findBase(repository, question)).toEqual({ commit: one, name: "main" });
});

test("refuses the head as its own base", async () => {
  const { origin, two, tip } = pullRequest();
  using _ = origin;
  origin.switch("feature");
  await using repository = await openRepository(origin.directory);
  const mismatch = { code: "event-mismatch" };
  for (const baseSha of [tip, two]) {
    const question = { kind: "pull-request", headSha: tip, baseSha, baseRef: "main" } as const;
    const options = { mergeBaseByApi: async () => tip };
    const found = findBase(repository, question, options);
    if (baseSha === tip) await expect(found).rejects.toMatchObject(mismatch);
    else await expect(found).resolves.toMatchObject({ name: "main" });
  }
  const group = { kind: "merge-group", headSha: tip, baseSha: tip, baseRef: "main" } as const;
  await expect(findBase(repository, group)).rejects.toMatchObject(mismatch);
  const push = { kind: "push", branch: "feature", before: tip, defaultBranch: "main" } as const;
  await expect(findBase(repository, push)).rejects.toMatchObject(mismatch);
});

test("gets the merge base from the API if history is shallow", async () => {
  const { origin, one, two, tip } = pullRequest();
  using _ = origin;
  using clone = origin.shallowClone("feature");
  await using repository = await openRepository(clone.directory);
  const asked: string[] = [];
  const base = await findBase(
    repository,
    { kind: "pull-request", headSha: tip, baseSha: two, baseRef: "main" },
    {
      mergeBaseByApi: async (from, to) => {
        asked.push(from, to);
        return one;
      },
    },
  );
  expect(base.commit).toBe(one);
  expect(asked).toEqual([two, tip]);
});

test("suggests fetch-depth instead of guessing if neither history nor the API has the merge base", async () => {
  const { origin, two, tip } = pullRequest();
  using _ = origin;
  using clone = origin.shallowClone("feature");
  await using repository = await openRepository(clone.directory);
  const question = { kind: "pull-request", headSha: tip, baseSha: two, baseRef: "main" } as const;
  for (const answer of [null, "--upload-pack=touch /tmp/x"]) {
    await expect(
      findBase(repository, question, { mergeBaseByApi: async () => answer }),
    ).rejects.toMatchObject({
      code: "git-base-unknown",
      message: expect.stringContaining("fetch-depth: 0"),
    });
  }
});

test("uses the previous commit for a push", async () => {
  const { origin, one, two } = pullRequest();
  using _ = origin;
  using clone = origin.shallowClone("main");
  expect(clone.tip()).toBe(two);
  await using repository = await openRepository(clone.directory);
  const base = await findBase(repository, {
    kind: "push",
    branch: "main",
    before: one,
    defaultBranch: "main",
  });
  expect(base).toEqual({ commit: one, name: "main" });
});

test("uses the merge base with the default branch for a push of a new branch", async () => {
  const { origin, one } = pullRequest();
  using _ = origin;
  origin.switch("feature");
  await using repository = await openRepository(origin.directory);
  const question = { kind: "push", branch: "feature", before: nothing, defaultBranch: "main" } as const;
  expect(await findBase(repository, question)).toEqual({ commit: one, name: "main" });
});

test("uses the event's base for a merge group", async () => {
  const { origin, two, tip } = pullRequest();
  using _ = origin;
  await using repository = await openRepository(origin.directory);
  const question = { kind: "merge-group", headSha: tip, baseSha: two, baseRef: "main" } as const;
  const base = await findBase(repository, question);
  expect(base).toEqual({ commit: two, name: "main" });
});

test.each(["--upload-pack=touch /tmp/x", "main", "abc1234", ""])(
  "refuses %j in an event as a commit",
  async (commit) => {
    const { origin, tip } = pullRequest();
    using _ = origin;
    await using repository = await openRepository(origin.directory);
    const failure = { code: "git-base-unknown" };
    const question = { kind: "merge-group", headSha: tip, baseSha: commit, baseRef: "main" } as const;
    const group = findBase(repository, question);
    await expect(group).rejects.toMatchObject(failure);
    const push = findBase(repository, {
      kind: "push",
      branch: "main",
      before: commit,
      defaultBranch: "main",
    });
    await expect(push).rejects.toMatchObject(failure);
  },
);

test("uses the first parent for a dispatch on the default branch, even in a clone of one commit", async () => {
  const { origin, one } = pullRequest();
  using _ = origin;
  using clone = origin.shallowClone("main");
  await using repository = await openRepository(clone.directory);
  const base = await findBase(repository, { kind: "dispatch", branch: "main", defaultBranch: "main" });
  expect(base).toEqual({ commit: one, name: "main" });
});

test("uses the merge base with the default branch for a dispatch on another branch", async () => {
  const { origin, one } = pullRequest();
  using _ = origin;
  origin.switch("feature");
  await using repository = await openRepository(origin.directory);
  const base = await findBase(repository, { kind: "dispatch", branch: "feature", defaultBranch: "main" });
  expect(base).toEqual({ commit: one, name: "main" });
});

test("uses the first parent for a dispatch on a tag of the default branch", async () => {
  const { origin, one, two } = pullRequest();
  using _ = origin;
  origin.git("tag", "v1", two);
  await using repository = await openRepository(origin.directory);
  const base = await findBase(repository, { kind: "dispatch", branch: "v1", defaultBranch: "main" });
  expect(base).toEqual({ commit: one, name: "main" });
});

test("the first commit has no base", async () => {
  using origin = makeRepository();
  origin.commit({ Dockerfile: "FROM scratch\n" });
  await using repository = await openRepository(origin.directory);
  const question = { kind: "push", branch: "main", before: nothing, defaultBranch: "main" } as const;
  await expect(findBase(repository, question)).rejects.toMatchObject({ code: "git-base-unknown" });
});

test("uses the merge base with origin's default branch in the terminal, whatever its name", async () => {
  const { origin, one } = pullRequest();
  using _ = origin;
  origin.git("branch", "-m", "main", "trunk");
  origin.switch("trunk");
  using clone = origin.clone();
  clone.git("switch", "--quiet", "feature");
  await using repository = await openRepository(clone.directory);
  const base = await findBase(repository, { kind: "terminal", baseBranch: null });
  expect(base).toEqual({ commit: one, name: "trunk" });
});

test("uses main or master in the terminal without an origin", async () => {
  const { origin, one } = pullRequest();
  using _ = origin;
  origin.git("branch", "-m", "main", "master");
  origin.switch("feature");
  await using repository = await openRepository(origin.directory);
  const base = await findBase(repository, { kind: "terminal", baseBranch: null });
  expect(base).toEqual({ commit: one, name: "master" });
});

test("uses the merge base in the terminal for a merge commit as well", async () => {
  const { origin, two } = pullRequest();
  using _ = origin;
  origin.switch("merge");
  await using repository = await openRepository(origin.directory);
  const base = await findBase(repository, { kind: "terminal", baseBranch: "main" });
  expect(base).toEqual({ commit: two, name: "main" });
});

test.each([
  "--upload-pack=touch /tmp/x",
  "--git-dir=/tmp",
  "main^",
  "main~1",
  "@{-1}",
  "HEAD:Dockerfile",
  "a\nb",
  "",
])("refuses %j as a base branch and runs nothing for it", async (baseBranch) => {
  const { origin } = pullRequest();
  using _ = origin;
  await using repository = await openRepository(origin.directory);
  await expect(findBase(repository, { kind: "terminal", baseBranch })).rejects.toMatchObject({
    code: "git-base-unknown",
  });
});
