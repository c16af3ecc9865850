import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { busyboxBase } from "../helpers/bases.ts";
import { runCli } from "../helpers/cli.ts";
import { engineEnvironment, stores } from "../helpers/engine.ts";
import { forgeRepository, plantFiles } from "../helpers/forged-repository.ts";
import { type Github, startGithub } from "../helpers/github-api.ts";
import {
  auditPullRequest,
  type Files,
  openPullRequest,
  type PullRequest,
  type Step,
} from "../helpers/pull-request.ts";
import { makeRepository } from "../helpers/repository.ts";

// Which repository and which commit the action and the command trust, with real repositories that lie.

let github: Github;
beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github[Symbol.asyncDispose]());

const scratch = "FROM scratch\nCOPY data /data\n";
const megabytes = (count: number) => "x".repeat(count * 1_000_000);
const limit = { "max-increase": "100kB" };
const store = stores[0];

async function open(base: Files, head: Files): Promise<PullRequest> {
  const pullRequest = await openPullRequest(github, base, head);
  onTestFinished(() => pullRequest[Symbol.dispose]());
  return pullRequest;
}

describe("the files of a bare repository in the build context", () => {
  const base = { "app/Dockerfile": scratch, "app/data": "1" };

  async function withForged(): Promise<{ pullRequest: PullRequest; canary: string }> {
    const outside = await mkdtemp(join(tmpdir(), "image-audit-canary-"));
    onTestFinished(() => rm(outside, { recursive: true }));
    const canary = join(outside, "canary");
    const pullRequest = await open(base, {});
    // The forged base has the data that the pull request adds, and would need a fetch for the rest.
    const forged = forgeRepository(
      { Dockerfile: scratch, data: megabytes(7) },
      `\tsshCommand = touch ${canary};\n[remote "origin"]\n\turl = ssh://forged.invalid/a\n`,
    );
    pullRequest.repository.switch("topic");
    plantFiles(join(pullRequest.repository.directory, "app"), forged);
    await pullRequest.push({ "app/data": megabytes(7) });
    return { pullRequest, canary };
  }

  test("are not a repository for the action, which runs nothing that they name", async () => {
    const { pullRequest, canary } = await withForged();
    await using step = await auditPullRequest(github, pullRequest, {
      env: engineEnvironment(store),
      inputs: { context: "app", ...limit },
    });
    expect(step.status, step.log).toBe(1);
    expect(step.outputs.get("size-delta")).toBe(String(7_000_000 - 1));
    expect(step.report?.baseCommit).toBe(pullRequest.repository.tip("main"));
    expect(existsSync(canary)).toBe(false);
  });

  test.each(["", "app"])("are not a repository for the command in /%s", async (directory) => {
    const { pullRequest, canary } = await withForged();
    const context = directory === "" ? ["--context", "app"] : [];
    const ran = await runCli(["--base", "main", ...context, "--max-increase", "100kB", "--format", "json"], {
      cwd: join(pullRequest.repository.directory, directory),
      env: engineEnvironment(store),
    });
    expect(ran.status, ran.stderr).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({ baseCommit: pullRequest.repository.tip("main") });
    expect(existsSync(canary)).toBe(false);
  });
});

describe("a clone of the fork, with the fork's branches", () => {
  const base = { Dockerfile: scratch, data: "1" };
  const head = { data: megabytes(7) };

  test("is compared with the event's base commit, not with a branch of that name", async () => {
    const pullRequest = await open(base, head);
    using fork = pullRequest.repository.clone();
    fork.git("checkout", "--quiet", "--detach", "origin/topic");
    fork.git("update-ref", "refs/remotes/origin/main", "refs/remotes/origin/topic");
    await using step = await auditPullRequest(github, pullRequest, {
      env: engineEnvironment(store),
      workspace: fork.directory,
      inputs: limit,
    });
    expect(step.status, step.log).toBe(1);
    expect(step.report?.baseCommit).toBe(pullRequest.repository.tip("main"));
  });

  test("is not audited if another commit is checked out, such as one that looks like a test merge", async () => {
    const pullRequest = await open(base, head);
    using fork = pullRequest.repository.clone();
    fork.git("checkout", "--quiet", "--detach", "origin/main");
    // The additional file makes the commit differ from the pull request's, even in the same second.
    fork.commit({ ...head, more: "1" });
    fork.merge("origin/topic");
    await using step = await auditPullRequest(github, pullRequest, {
      env: engineEnvironment(store),
      workspace: fork.directory,
      inputs: { ...limit, "missing-base": "warn", "warn-only": "true" },
    });
    expect(step.status, step.log).toBe(2);
    expect(step.report?.error?.code).toBe("event-mismatch");
    expect(step.log).not.toContain("Building");
    const [comment] = await pullRequest.comments();
    expect(comment?.body).toContain("checked out");
  });
});

describe("a Dockerfile that the base has in another place", () => {
  const missing = (step: Step) => step.report?.images[0]?.baseMissing;

  test("is compared, in a submodule, with the submodule's commit in the base", async () => {
    using library = makeRepository();
    const small = library.commit({ Dockerfile: scratch, data: "1" });
    const large = library.commit({ data: megabytes(7) });
    const pullRequest = await open({}, {});
    const { repository } = pullRequest;
    repository.git("switch", "--quiet", "main");
    repository.git("submodule", "--quiet", "add", pathToFileURL(library.directory).href, "app");
    repository.git("-C", "app", "checkout", "--quiet", small);
    repository.commit({});
    repository.git("switch", "--quiet", "topic");
    repository.merge("main");
    repository.git("-C", "app", "checkout", "--quiet", large);
    await pullRequest.push({});
    repository.git("submodule", "--quiet", "update");
    const home = join(repository.directory, "..");
    await writeFile(join(home, ".gitconfig"), '[protocol "file"]\n\tallow = always\n');
    await using step = await auditPullRequest(github, pullRequest, {
      env: { ...engineEnvironment(store), HOME: home },
      inputs: { context: "app", ...limit },
    });
    expect(step.status, step.log).toBe(1);
    expect(step.outputs.get("size-delta")).toBe(String(7_000_000 - 1));
  });

  test("is not new if it was moved and padded until it looks different", async () => {
    const padding = Array.from({ length: 300 }, (_, line) => `# ${line}\n`).join("");
    const head = { Dockerfile: null, "docker/Dockerfile": padding + scratch, data: megabytes(7) };
    const pullRequest = await open({ Dockerfile: scratch, data: "1" }, head);
    const env = engineEnvironment(store);
    const inputs = { file: "docker/Dockerfile", ...limit };
    await using moved = await auditPullRequest(github, pullRequest, { env, inputs });
    expect(moved.status, moved.log).toBe(2);
    expect(missing(moved)).toMatchObject({ reason: "moved" });

    const nowhere = { ...inputs, "base-file": "nowhere/Dockerfile" };
    await using wrong = await auditPullRequest(github, pullRequest, { env, inputs: nowhere });
    expect(wrong.status, wrong.log).toBe(2);
    expect(missing(wrong)).toMatchObject({ reason: "unavailable" });

    const contexts = { ...inputs, "base-file": "Dockerfile", "build-contexts": "lib=docker" };
    await using incomplete = await auditPullRequest(github, pullRequest, { env, inputs: contexts });
    expect(incomplete.status, incomplete.log).toBe(2);
    expect(missing(incomplete)).toEqual({
      reason: "build-failed",
      message: "main has no directory docker, which is a build context.",
    });

    const right = { ...inputs, "base-file": "Dockerfile" };
    await using named = await auditPullRequest(github, pullRequest, { env, inputs: right });
    expect(named.status, named.log).toBe(1);
  });
});

test("the base is not built with a secret file that the pull request adds", async () => {
  const busybox = await busyboxBase(store);
  const Dockerfile = `FROM ${busybox}\nRUN --mount=type=secret,id=pad cat /run/secrets/pad >/data\n`;
  const env = engineEnvironment(store);
  const inputs = { "secret-files": "pad=keys/pad", "no-cache": "true", network: "none", ...limit };

  const brought = await open({ Dockerfile, data: "1" }, { "keys/pad": "x".repeat(400_000) });
  await using refused = await auditPullRequest(github, brought, { env, inputs });
  expect(refused.status, refused.log).toBe(2);
  expect(refused.report?.images[0]?.baseMissing).toMatchObject({ reason: "build-failed" });

  const changed = await open({ Dockerfile, "keys/pad": "1" }, { "keys/pad": "x".repeat(400_000) });
  await using grown = await auditPullRequest(github, changed, { env, inputs });
  expect(grown.status, grown.log).toBe(1);

  const made = await open({ Dockerfile, ".gitignore": "keys\n" }, { data: "1" });
  made.repository.write("keys/pad", "made by an earlier step");
  await using same = await auditPullRequest(github, made, { env, inputs });
  expect(same.status, same.log).toBe(0);
});
