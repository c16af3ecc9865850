import { expect, test } from "vitest";
import { githubApi } from "../../src/github/api.ts";
import { startGithub } from "../helpers/github-api.ts";

const hurry = { request: 20_000, rateLimits: 0, retry: 5, cancelled: 100 };
const text = "version: 1\npolicy: { max-size: 2kB } # ü\n";

async function start() {
  const github = await startGithub();
  const { owner, repo } = github;
  const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: `${owner}/${repo}` };
  const answer = await githubApi(github.ownerToken, env, hurry).request(
    "PUT /repos/{owner}/{repo}/contents/{path}",
    {
      owner,
      repo,
      path: "policies/image-audit.yml",
      message: "Add a policy",
      content: Buffer.from(text).toString("base64"),
    },
  );
  const file = { owner, repo, path: "policies/image-audit.yml", commit: answer.data.commit.sha ?? "" };
  const api = githubApi(github.token, env, hurry);
  return { github, api, file, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() };
}

test("reads a file of a commit, and asks for it once", async () => {
  await using world = await start();
  const before = world.github.requests.length;
  expect(await world.api.fetchFile(world.file)).toBe(text);
  expect(await world.api.fetchFile({ ...world.file })).toBe(text);
  expect(world.github.requests.length).toBe(before + 1);
});

test("says which file does not exist, and that the token may be why", async () => {
  await using world = await start();
  await expect(world.api.fetchFile({ ...world.file, path: "other.yml" })).rejects.toThrow(
    /^The policy file extends .*\/other\.yml at [0-9a-f]{7}, which could not be read\. It does not exist there, or github-token may not read that repository\.$/,
  );
});

test.each([
  ["a directory", { status: 200, body: "[]" }, "It is not a file"],
  ["a link", { status: 200, body: '{"type":"symlink","target":"x"}' }, "It is not a file"],
  [
    "a file that is too large",
    { status: 200, body: '{"type":"file","encoding":"none","content":""}' },
    "It is not",
  ],
  ["an error", { status: 502 }, "status 502"],
  ["a reset", "reset", "could not be read"],
] as const)("does not take %s for a policy", async (_, answer, told) => {
  await using world = await start();
  world.github.fail({ method: "GET", path: /\/contents\//, times: 9, answer });
  await expect(world.api.fetchFile(world.file)).rejects.toThrow(told);
});
