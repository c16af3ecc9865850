import { expect, test } from "vitest";
import { checkHead } from "../../src/git/event-head.ts";
import { openRepository } from "../../src/git/repository.ts";
import { makeRepository } from "../helpers/repository.ts";

/** main has one, then two. feature branches off at one. */
function fork() {
  const origin = makeRepository();
  const one = origin.commit({ Dockerfile: "FROM scratch\n" });
  origin.branch("feature");
  const tip = origin.commit({ app: "1" });
  origin.switch("main");
  const two = origin.commit({ other: "2" });
  const question = { kind: "pull-request", headSha: tip, baseSha: two, baseRef: "main" } as const;
  return { origin, one, two, tip, question };
}

test("accepts the head of the pull request", async () => {
  const { origin, question } = fork();
  using _ = origin;
  origin.switch("feature");
  await using repository = await openRepository(origin.directory);
  await checkHead(repository, question, null);
});

test("accepts its test merge: the workflow's commit, or a merge with the base branch as first parent", async () => {
  const { origin, one, two, question } = fork();
  using _ = origin;
  origin.git("switch", "--quiet", "--detach", "main");
  const merge = origin.merge("feature");
  await using repository = await openRepository(origin.directory);
  await checkHead(repository, question, null);
  const old = { ...question, baseSha: one };
  await checkHead(repository, old, merge);
  const asked: string[] = [];
  const mergeBaseByApi = async (base: string, head: string) => {
    asked.push(base, head);
    return two;
  };
  await checkHead(repository, old, null, { mergeBaseByApi });
  expect(asked).toEqual(["main", two]);
});

test("refuses a commit of the fork that looks like a test merge", async () => {
  const { origin, one, question } = fork();
  using _ = origin;
  origin.git("switch", "--quiet", "--create", "evil", question.baseSha);
  origin.commit({ padding: "padded" });
  origin.merge("feature");
  await using repository = await openRepository(origin.directory);
  for (const answer of [null, one]) {
    const checked = checkHead(repository, question, null, { mergeBaseByApi: async () => answer });
    await expect(checked).rejects.toMatchObject({ code: "event-mismatch" });
  }
});

test("refuses any other commit", async () => {
  const { origin, two, question } = fork();
  using _ = origin;
  await using repository = await openRepository(origin.directory);
  const mismatch = { code: "event-mismatch", message: expect.stringContaining(two) };
  await expect(checkHead(repository, question, two)).rejects.toMatchObject(mismatch);
  origin.switch("feature");
  origin.commit({ Dockerfile: "FROM scratch\nCOPY other /\n" });
  await expect(checkHead(repository, question, null)).rejects.toMatchObject({ code: "event-mismatch" });
});

test("accepts the head of a merge group", async () => {
  const { origin, one, two, tip } = fork();
  using _ = origin;
  await using repository = await openRepository(origin.directory);
  const question = { kind: "merge-group", headSha: two, baseSha: one, baseRef: "main" } as const;
  await checkHead(repository, question, null);
  await checkHead(repository, { ...question, headSha: tip }, two);
  const other = checkHead(repository, { ...question, headSha: tip }, tip);
  await expect(other).rejects.toMatchObject({ code: "event-mismatch" });
});

test("accepts any checked out commit for a push, a dispatch and the terminal", async () => {
  const { origin, one } = fork();
  using _ = origin;
  await using repository = await openRepository(origin.directory);
  await checkHead(repository, { kind: "push", branch: "main", before: one, defaultBranch: "main" }, one);
  await checkHead(repository, { kind: "dispatch", branch: "main", defaultBranch: "main" }, one);
  await checkHead(repository, { kind: "terminal", baseBranch: null }, null);
});
