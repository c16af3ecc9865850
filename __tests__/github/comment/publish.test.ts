import { expect, test } from "vitest";
import type { Sha } from "../../../src/git/sha.ts";
import { githubApi } from "../../../src/github/api.ts";
import { type CommentToPublish, publishComment } from "../../../src/github/comment/publish.ts";
import type { ApiPatience } from "../../../src/github/octokit.ts";
import { type Github, type GithubOptions, startGithub } from "../../helpers/github-api.ts";

const headSha = "a".repeat(40) as Sha;
const baseSha = "b".repeat(40) as Sha;
const marker = "<!-- image-audit:0123456789abcdef -->";
const commentsPath = /\/issues\/\d+\/comments/;
const commentPath = /\/issues\/comments\/\d+$/;

const hurry: ApiPatience = { request: 500, rateLimits: 3000, retry: 5, cancelled: 100 };

async function startPullRequest(options: GithubOptions = {}) {
  const github = await startGithub(options);
  const number = await github.seedPullRequest({ headSha, baseSha, baseRef: "main" });
  const event = {
    kind: "pull-request",
    number,
    headSha,
    headRef: "topic",
    baseSha,
    baseRef: "main",
    defaultBranch: "main",
    isFork: false,
  } as const;
  const publish = (text: string, changes: Partial<CommentToPublish> & { readonly token?: string } = {}) =>
    publishComment({
      api: githubApi(changes.token ?? github.token, { GITHUB_API_URL: github.url }, hurry),
      event,
      owner: github.owner,
      repo: github.repo,
      marker,
      body: `${marker}\n\n${text}\n`,
      shortBody: `${marker}\n\nin short\n`,
      wanted: "write",
      ...changes,
    });
  const bodies = async () => (await github.comments(number)).map(({ body }) => body);
  return {
    github,
    number,
    event,
    publish,
    bodies,
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  };
}

const bodyOf = (text: string) => `${marker}\n\n${text}\n`;
const count = (github: Github, method: string) =>
  github.requests.filter((request) => request.method === method && request.path !== "/graphql").length;

test("creates a comment once, and later runs edit it, however many others there are", async () => {
  await using pull = await startPullRequest();
  for (let index = 0; index < 120; index += 1)
    await pull.github.addComment(pull.number, `${index}`, "stranger");
  const first = await pull.publish("one");
  const second = await pull.publish("two");
  expect(first).toEqual({ url: expect.stringContaining(`#issuecomment-`), remark: null });
  expect(second).toEqual(first);
  const comments = await pull.github.comments(pull.number);
  expect(comments).toHaveLength(121);
  expect(comments.at(-1)).toMatchObject({ login: "github-actions[bot]", body: bodyOf("two") });
});

test("does not write an unchanged comment again", async () => {
  await using pull = await startPullRequest();
  const first = await pull.publish("one");
  const before = pull.github.requests.length;
  expect(await pull.publish("one")).toEqual(first);
  const methods = pull.github.requests.slice(before).filter(({ path }) => path !== "/graphql");
  expect(methods.map(({ method }) => method)).toEqual(["GET", "GET"]);
});

test("does not touch another user's comment with our marker", async () => {
  await using pull = await startPullRequest();
  await pull.github.addComment(pull.number, bodyOf("all is well"), "stranger");
  await pull.publish("one");
  await pull.publish("two");
  expect(await pull.bodies()).toEqual([bodyOf("all is well"), bodyOf("two")]);
});

test("does not touch a comment of ours that only quotes the marker", async () => {
  await using pull = await startPullRequest();
  await pull.github.addComment(pull.number, `Quote:\n${bodyOf("other")}`, "workflow");
  await pull.publish("one");
  expect(await pull.bodies()).toEqual([`Quote:\n${bodyOf("other")}`, bodyOf("one")]);
});

test("comments as the user of a personal access token", async () => {
  await using pull = await startPullRequest();
  await pull.github.addComment(pull.number, bodyOf("the workflow's"), "workflow");
  await pull.publish("one", { token: pull.github.ownerToken });
  await pull.publish("two", { token: pull.github.ownerToken });
  expect(await pull.bodies()).toEqual([bodyOf("the workflow's"), bodyOf("two")]);
});

test("keeps the older of two comments of ours", async () => {
  await using pull = await startPullRequest();
  const oldest = await pull.github.addComment(pull.number, bodyOf("one"), "workflow");
  await pull.github.addComment(pull.number, bodyOf("two"), "workflow");
  await pull.publish("three");
  const comments = await pull.github.comments(pull.number);
  expect(comments).toEqual([{ id: oldest, login: "github-actions[bot]", body: bodyOf("three") }]);
});

test("concurrent runs end with one comment", async () => {
  await using pull = await startPullRequest();
  const published = await Promise.all([pull.publish("one"), pull.publish("one"), pull.publish("one")]);
  expect(published.map(({ remark }) => remark)).toEqual([null, null, null]);
  expect(await pull.bodies()).toEqual([bodyOf("one")]);
  expect(count(pull.github, "POST")).toBeGreaterThan(1);
});

test("an update-only run creates no comment, but updates an existing one", async () => {
  await using pull = await startPullRequest();
  expect(await pull.publish("fixed", { wanted: "update-only" })).toEqual({ url: null, remark: null });
  expect(await pull.bodies()).toEqual([]);
  await pull.publish("broken");
  await pull.publish("fixed", { wanted: "update-only" });
  expect(await pull.bodies()).toEqual([bodyOf("fixed")]);
});

test("sends no request if no comment is wanted or there is no pull request", async () => {
  await using pull = await startPullRequest();
  expect(await pull.publish("one", { wanted: "none" })).toEqual({ url: null, remark: null });
  const dispatch = { kind: "dispatch", branch: "main", defaultBranch: "main" } as const;
  expect(await pull.publish("one", { event: dispatch })).toEqual({ url: null, remark: null });
  expect(pull.github.requests).toEqual([]);
});

test("a run of a commit that is no longer the head does not write", async () => {
  await using pull = await startPullRequest();
  await pull.github.seedPullRequest({
    number: pull.number,
    headSha: "c".repeat(40),
    baseSha,
    baseRef: "main",
  });
  const { url, remark } = await pull.publish("old news");
  expect(url).toBeNull();
  expect(remark).toMatch(/ccccccc.*aaaaaaa/);
  expect(await pull.bodies()).toEqual([]);
});

test("names a missing permission and how to grant it", async () => {
  await using pull = await startPullRequest({ permission: "read" });
  const { url, remark } = await pull.publish("one");
  expect(url).toBeNull();
  expect(remark).toContain("issues=write; pull_requests=write");
  expect(remark).toContain("permissions: pull-requests: write");
});

test.each([
  ["a fork", { isFork: true }, "fork"],
  ["Dependabot", { headRef: "dependabot/docker/node-24" }, "Dependabot"],
])("says where the report is if a pull request of %s cannot be commented on", async (_, changes, word) => {
  await using pull = await startPullRequest({ permission: "read" });
  const { remark } = await pull.publish("one", { event: { ...pull.event, ...changes } });
  expect(remark).toContain(word);
  expect(remark).toContain("job summary");
  expect(remark).not.toContain("permissions:");
});

test("distinguishes a locked conversation from a missing permission", async () => {
  await using pull = await startPullRequest();
  const body = JSON.stringify({ message: "Unable to create comment because issue is locked." });
  pull.github.fail({ method: "POST", path: commentsPath, answer: { status: 403, body } });
  expect((await pull.publish("one")).remark).toContain("locked");
});

test.each([
  "reset",
  { status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway</h1>" },
] as const)("does not create a second comment if the first creation is answered by %j", async (answer) => {
  await using pull = await startPullRequest();
  pull.github.fail({ method: "POST", path: commentsPath, done: true, answer });
  const { url, remark } = await pull.publish("one");
  expect(url).toContain("#issuecomment-");
  expect(remark).toBeNull();
  expect(await pull.bodies()).toEqual([bodyOf("one")]);
  expect(count(pull.github, "POST")).toBe(1);
});

test("retries a failed creation only once", async () => {
  await using pull = await startPullRequest();
  pull.github.fail({ method: "POST", path: commentsPath, answer: { status: 503 } });
  expect((await pull.publish("one")).remark).toBeNull();
  expect(await pull.bodies()).toEqual([bodyOf("one")]);

  await using other = await startPullRequest();
  other.github.fail({ method: "POST", path: commentsPath, times: 99, answer: { status: 503 } });
  expect((await other.publish("one")).remark).toContain("503");
  expect(count(other.github, "POST")).toBe(2);
});

test("creates a comment again that is deleted during an edit", async () => {
  await using pull = await startPullRequest();
  await pull.publish("one");
  const [comment] = await pull.github.comments(pull.number);
  const meanwhile = () => pull.github.deleteComment(comment?.id ?? 0);
  pull.github.fail({ method: "PATCH", path: commentPath, meanwhile });
  expect((await pull.publish("two")).remark).toBeNull();
  expect(count(pull.github, "PATCH")).toBe(1);
  expect(await pull.bodies()).toEqual([bodyOf("two")]);
});

test("retries reads and edits after errors of GitHub", async () => {
  await using pull = await startPullRequest();
  await pull.publish("one");
  for (const method of ["GET", "PATCH"]) {
    pull.github.fail({ method, path: /./, answer: "reset" });
    pull.github.fail({ method, path: /./, answer: { status: 502 } });
  }
  expect((await pull.publish("two")).remark).toBeNull();
  expect(await pull.bodies()).toEqual([bodyOf("two")]);
});

test("waits for a rate limit as long as GitHub says", async () => {
  await using pull = await startPullRequest();
  const answer = { status: 429, headers: { "retry-after": "2" }, body: '{"message":"slow down"}' };
  // Both timers are in this process. Of two equal timers, the first one set ends first.
  const order: string[] = [];
  const refused = async () => setTimeout(() => order.push("two seconds have gone by"), 2000);
  const repeated = async () => order.push("asked again");
  pull.github.fail({ method: "POST", path: commentsPath, answer, meanwhile: refused });
  pull.github.fail({ method: "POST", path: commentsPath, meanwhile: repeated });
  expect((await pull.publish("one")).remark).toBeNull();
  expect(order).toEqual(["two seconds have gone by", "asked again"]);
  expect(await pull.bodies()).toEqual([bodyOf("one")]);
});

test.each([
  ["429", { status: 429, headers: { "retry-after": "3600" } }],
  ["429 that does not say how long", { status: 429 }],
  [
    "403 with nothing remaining",
    { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "99999999999" } },
  ],
])("does not wait for a rate limit that lasts too long: %s", async (_, answer) => {
  await using pull = await startPullRequest();
  pull.github.fail({ method: "GET", path: /\/pulls\//, times: 9, answer });
  expect((await pull.publish("one")).remark).toContain("too many requests");
  expect(pull.github.requests).toHaveLength(1);
});

test("limits the number of waits, even if GitHub requests no delay", async () => {
  await using pull = await startPullRequest();
  const answer = { status: 429, headers: { "retry-after": "0" } };
  pull.github.fail({ method: "GET", path: /\/pulls\//, times: 99, answer });
  expect((await pull.publish("one")).remark).toContain("too many requests");
  expect(pull.github.requests).toHaveLength(4);
});

test("does not mistake a truncated list for one without our comment", async () => {
  await using pull = await startPullRequest();
  await pull.publish("one");
  pull.github.fail({ method: "GET", path: commentsPath, times: 9, answer: "stall" });
  expect((await pull.publish("two")).remark).toContain("unexpected response");
  expect(await pull.bodies()).toEqual([bodyOf("one")]);
});

test("creates no second comment if the token's account remains unknown", async () => {
  await using pull = await startPullRequest();
  await pull.publish("one");
  const before = pull.github.requests.length;
  pull.github.fail({ method: "POST", path: /graphql/, times: 9, answer: { status: 502 } });
  expect((await pull.publish("two")).remark).toContain("502");
  expect(pull.github.requests.slice(before).filter(({ path }) => path === "/graphql")).toHaveLength(3);
  expect(await pull.bodies()).toEqual([bodyOf("one")]);
});

const html = { "content-type": "text/html" };

test.each([
  ["an invalid token", { status: 401, body: '{"message":"Bad credentials"}' }, "github-token"],
  ["a missing pull request", { status: 404, body: '{"message":"Not Found"}' }, "no such pull request"],
  [
    "a page instead of JSON",
    { status: 200, headers: html, body: "<h1>Maintenance</h1>" },
    "unexpected response",
  ],
  ["JSON of another shape", { status: 200, body: '{"head":[]}' }, "unexpected response"],
  [
    "an invalid media type",
    { status: 200, headers: { "content-type": ";;" }, body: "{}" },
    "unexpected response",
  ],
  ["nothing", { status: 204 }, "unexpected response"],
  ["an error page", { status: 500, headers: html, body: "<h1>\n::error::x</h1>" }, "status 500"],
  ["resets", "reset", "could not be reached"],
  ["silence", "hang", "did not answer in time"],
] as const)("%s gives a remark of one line", async (_, answer, words) => {
  await using pull = await startPullRequest();
  pull.github.fail({ method: "GET", path: /\/pulls\//, times: 9, answer });
  const { url, remark } = await pull.publish("one");
  expect(url).toBeNull();
  expect(remark).toContain(words);
  expect(remark).not.toMatch(/\n|::|<h1>/);
});

test("replaces the comment with the short body if the body is too long, with GitHub's message as remark", async () => {
  await using pull = await startPullRequest();
  await pull.publish("all is well");
  const { url, remark } = await pull.publish("x".repeat(70_000));
  expect(url).toContain("#issuecomment-");
  expect(remark).toContain("422");
  expect(remark).toContain("too long");
  expect(await pull.bodies()).toEqual([bodyOf("in short")]);
});

test("creates a comment with the short body if the body is too long, except in an update-only run", async () => {
  await using pull = await startPullRequest();
  await pull.publish("x".repeat(70_000), { wanted: "update-only" });
  expect(await pull.bodies()).toEqual([]);
  await pull.publish("x".repeat(70_000));
  expect(await pull.bodies()).toEqual([bodyOf("in short")]);
});

test("removes the earlier comment if GitHub refuses every body", async () => {
  await using pull = await startPullRequest();
  await pull.publish("all is well");
  const answer = { status: 422, body: JSON.stringify({ message: "Validation Failed" }) };
  pull.github.fail({ method: "PATCH", path: commentPath, times: 9, answer });
  const { url, remark } = await pull.publish("over policy");
  expect(url).toBeNull();
  expect(remark).toContain("Validation Failed");
  expect(await pull.bodies()).toEqual([]);
});

test("removes nothing if GitHub refuses for a reason other than the body", async () => {
  await using pull = await startPullRequest();
  await pull.publish("all is well");
  const answer = { status: 403, body: JSON.stringify({ message: "Resource not accessible" }) };
  pull.github.fail({ method: "PATCH", path: commentPath, times: 9, answer });
  expect((await pull.publish("over policy")).url).toBeNull();
  expect(await pull.bodies()).toEqual([bodyOf("all is well")]);
});

test("retries nothing after cancellation, and gives up soon on an API that hangs", async () => {
  await using pull = await startPullRequest();
  const env = { GITHUB_API_URL: pull.github.url };
  const patience = { request: 60_000, rateLimits: 60_000, retry: 60_000, cancelled: 10_000 };
  const cancelled = githubApi(pull.github.token, env, patience, AbortSignal.abort());
  await pull.publish("one");
  expect((await pull.publish("two", { api: cancelled })).remark).toBeNull();
  expect(await pull.bodies()).toEqual([bodyOf("two")]);
  pull.github.fail({ method: "GET", path: /\/pulls\//, answer: { status: 502 } });
  const before = pull.github.requests.length;
  expect((await pull.publish("three", { api: cancelled })).url).toBeNull();
  expect(pull.github.requests).toHaveLength(before + 1);

  const cancel = new AbortController();
  const hanging = githubApi(pull.github.token, env, { ...patience, cancelled: 500 }, cancel.signal);
  pull.github.fail({
    method: "GET",
    path: commentsPath,
    answer: "hang",
    meanwhile: async () => cancel.abort(),
  });
  expect((await pull.publish("four", { api: hanging })).url).toBeNull();
});

test("an unreachable API gives a remark", async () => {
  const pull = await startPullRequest();
  await pull[Symbol.asyncDispose]();
  expect((await pull.publish("one")).remark).toContain("could not be reached");
});
