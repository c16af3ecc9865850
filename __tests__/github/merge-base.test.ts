import { expect, test } from "vitest";
import { githubApi } from "../../src/github/api.ts";
import { startGithub } from "../helpers/github-api.ts";

const hurry = { request: 500, rateLimits: 0, retry: 5, cancelled: 100 };
const comparePath = /\/compare\//;

async function start() {
  const github = await startGithub();
  await github.seedPullRequest({ headSha: "a".repeat(40), baseSha: "b".repeat(40), baseRef: "release/1" });
  const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: `${github.owner}/${github.repo}` };
  const api = githubApi(github.token, env, hurry);
  return { github, api, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() };
}

test("returns the commit where two branches diverged, whatever their names", async () => {
  await using world = await start();
  expect(await world.api.mergeBase("main", "release/1")).toMatch(/^[0-9a-f]{40}$/);
});

test("returns no merge base for commits that the API does not have", async () => {
  await using world = await start();
  expect(await world.api.mergeBase("main", "nowhere")).toBeNull();
  expect(world.github.requests).toMatchObject([{ method: "GET", status: 404 }]);
});

test.each([
  ["an invalid commit", { status: 200, body: '{"merge_base_commit":{"sha":"--help"}}' }],
  ["another shape", { status: 200, body: "[]" }],
  ["an error", { status: 502 }],
  ["a reset", "reset"],
] as const)("returns no merge base for an answer with %s", async (_, answer) => {
  await using world = await start();
  world.github.fail({ method: "GET", path: comparePath, times: 9, answer });
  expect(await world.api.mergeBase("main", "release/1")).toBeNull();
});
