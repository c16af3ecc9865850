import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { readEvent } from "../../src/github/event.ts";

const head = "a".repeat(40);
const base = "b".repeat(40);
const repository = { id: 1, full_name: "octo/shop", default_branch: "main" };

const pullRequest = {
  action: "synchronize",
  number: 7,
  pull_request: {
    number: 7,
    state: "open",
    head: { label: "octo:topic", ref: "topic", sha: head, repo: repository },
    base: { label: "octo:main", ref: "main", sha: base, repo: repository },
  },
  repository,
};

function read(name: string, payload: unknown) {
  const env = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: "/event.json" };
  return readEvent(env, async (path) => {
    expect(path).toBe("/event.json");
    return typeof payload === "string" ? payload : JSON.stringify(payload);
  });
}

async function failureOf(event: Promise<unknown>): Promise<Failure> {
  const error = await event.then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).code).toBe("event-unsupported");
  return error as Failure;
}

test("reads a pull request with both commits", async () => {
  expect(await read("pull_request", pullRequest)).toEqual({
    kind: "pull-request",
    number: 7,
    headSha: head,
    headRef: "topic",
    baseSha: base,
    baseRef: "main",
    defaultBranch: "main",
    isFork: false,
  });
});

test.each([
  ["another repository", { id: 2 }],
  ["a repository that was deleted", null],
])("a pull request from %s is a fork's", async (_, repo) => {
  const { pull_request } = pullRequest;
  const payload = { ...pullRequest, pull_request: { ...pull_request, head: { ...pull_request.head, repo } } };
  expect(await read("pull_request", payload)).toMatchObject({ isFork: true });
});

test("reads a push with its branch and its previous commit", async () => {
  const event = await read("push", { ref: "refs/heads/feature/x", before: base, after: head, repository });
  expect(event).toEqual({ kind: "push", branch: "feature/x", before: base, defaultBranch: "main" });
});

test("does not mistake a pushed tag for a branch", async () => {
  const event = await read("push", { ref: "refs/tags/v1", before: "0".repeat(40), repository });
  expect(event).toMatchObject({ branch: "refs/tags/v1" });
});

test("reads the branch of a manual run", async () => {
  const event = await read("workflow_dispatch", { ref: "refs/heads/topic", inputs: null, repository });
  expect(event).toEqual({ kind: "dispatch", branch: "topic", defaultBranch: "main" });
});

test("reads a merge group with both commits", async () => {
  const merge_group = {
    base_sha: base,
    head_sha: head,
    base_ref: "refs/heads/main",
    head_ref: "refs/heads/q",
  };
  const event = await read("merge_group", { action: "checks_requested", merge_group, repository });
  expect(event).toEqual({ kind: "merge-group", baseSha: base, headSha: head, baseRef: "main" });
});

test.each(["pull_request_target", "workflow_run", "issue_comment"])(
  "refuses %s, since a build would run untrusted code with the repository's token",
  async (name) => {
    const { message } = await failureOf(read(name, pullRequest));
    expect(message).toContain(name);
    expect(message).toContain("token");
    expect(message).toContain("on: pull_request");
  },
);

test.each(["schedule", "release", "constructor", "", "::error::x"])("refuses the event %j", async (name) => {
  const { message } = await failureOf(read(name, pullRequest));
  expect(message).toContain("on: pull_request");
  expect(message).not.toContain("::");
});

test("an invalid commit does not reach git", async () => {
  const { pull_request } = pullRequest;
  const sha = "--upload-pack=touch /tmp/x";
  const payload = { ...pullRequest, pull_request: { ...pull_request, base: { ...pull_request.base, sha } } };
  expect((await failureOf(read("pull_request", payload))).message).toContain("pull_request.base.sha");
});

test.each([
  ["not JSON", "{"],
  ["null", "null"],
  ["a list", "[]"],
  ["over 25 MiB", " ".repeat(26_214_401)],
])("refuses a payload that is %s", async (_, text) => {
  expect((await failureOf(read("pull_request", text))).message).toContain("GITHUB_EVENT_PATH");
});

test.each([
  ["/nowhere/event.json", "/nowhere/event.json does not exist (ENOENT). Run the action"],
  ["/", "/ is a directory: name a file (EISDIR). Run the action"],
  [undefined, "GITHUB_EVENT_PATH cannot be read. Run the action"],
])("refuses a payload at %s", async (path, sentence) => {
  const env = { GITHUB_EVENT_NAME: "push", GITHUB_EVENT_PATH: path };
  expect((await failureOf(readEvent(env, (file) => readFile(file, "utf8")))).message).toContain(sentence);
});
