import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { busyboxBase } from "../helpers/bases.ts";
import { runCli } from "../helpers/cli.ts";
import { engineEnvironment, stores } from "../helpers/engine.ts";
import { type Github, startGithub } from "../helpers/github-api.ts";
import { auditPullRequest, type Files, openPullRequest, type PullRequest } from "../helpers/pull-request.ts";

// Checks that the action and the command judge what was built, on pull requests that try to prevent this.

let github: Github;
beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github[Symbol.asyncDispose]());

const [store] = stores;
const env = engineEnvironment(store);
const scratch = "FROM scratch\nCOPY data /data\n";
const megabytes = (count: number) => "x".repeat(count * 1_000_000);
const limit = { "max-increase": "100kB" };

/** @param links symbolic links of the head, by path; they replace existing files */
async function open(
  base: Files,
  head: Files,
  links: Readonly<Record<string, string>> = {},
): Promise<PullRequest> {
  const pullRequest = await openPullRequest(github, base, head);
  onTestFinished(() => pullRequest[Symbol.dispose]());
  const { repository } = pullRequest;
  repository.switch("topic");
  for (const [path, target] of Object.entries(links)) {
    const link = join(repository.directory, path);
    rmSync(link, { force: true, recursive: true });
    await mkdir(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }
  await pullRequest.push({});
  return pullRequest;
}

describe("a Dockerfile or an ignore file that is a link", () => {
  const base = { "app/Dockerfile": scratch, "app/data": "1", decoy: scratch, "other/Dockerfile": scratch };
  const head = {
    "app/data": "2",
    "app/decoy": "FROM scratch\nCOPY large /large\n",
    "app/large": megabytes(9),
  };

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["a Dockerfile that BuildKit resolves elsewhere", { "app/Dockerfile": "../decoy" }, "app/Dockerfile"],
    ["a Dockerfile that links to its neighbour", { "app/Dockerfile": "decoy" }, "app/Dockerfile"],
    ["a directory of the Dockerfile", { app: "other" }, "app"],
    [
      "an ignore file named after the Dockerfile",
      { "app/Dockerfile.dockerignore": "data" },
      "app/Dockerfile.dockerignore",
    ],
    ["an ignore file that never ends", { "app/.dockerignore": "/dev/zero" }, "app/.dockerignore"],
    ["an ignore file that blocks", { "app/.dockerignore": "/dev/ptmx" }, "app/.dockerignore"],
  ])("is refused and named: %s", async (_, links, link) => {
    const pullRequest = await open(base, head, links);
    const inputs = { context: "app", ...limit, "missing-base": "warn", "warn-only": "true" };
    await using step = await auditPullRequest(github, pullRequest, { env, inputs });
    expect(step.status, step.log).toBe(2);
    expect(step.report?.error).toMatchObject({
      code: "file-refused",
      message: expect.stringContaining(`"${link}"`),
    });
    expect(step.outputs.get("verdict")).toBe("inconclusive");
    const [comment] = await pullRequest.comments();
    expect(comment?.body).toContain("symbolic link");
  });

  test("is also refused by the command, which names the link and the fix", async () => {
    const { repository } = await open(base, head, { "app/Dockerfile": "../decoy" });
    const ran = await runCli(["--base", "main", "--context", "app"], { cwd: repository.directory, env });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain('"app/Dockerfile" is a symbolic link to "decoy"');
    expect(ran.stderr).toContain("`file`");
    const named = ["--base", "main", "--context", "app", "--file", "decoy", "--max-increase", "100kB"];
    const audited = await runCli(named, { cwd: repository.directory, env });
    expect(audited.status, audited.stderr).toBe(0);
  });

  test("leaves rules on growth undecided if only the base has it", async () => {
    const pullRequest = await open(base, {});
    const { repository } = pullRequest;
    repository.switch("main");
    rmSync(join(repository.directory, "app/Dockerfile"));
    symlinkSync("../decoy", join(repository.directory, "app/Dockerfile"));
    repository.commit({});
    repository.switch("topic");
    repository.merge("main");
    rmSync(join(repository.directory, "app/Dockerfile"));
    await pullRequest.push({ "app/Dockerfile": scratch, "app/data": megabytes(9) });
    await using step = await auditPullRequest(github, pullRequest, {
      env,
      inputs: { context: "app", ...limit },
    });
    expect(step.status, step.log).toBe(2);
    expect(step.report?.images[0]?.baseMissing?.message).toContain('"app/Dockerfile" is a symbolic link');
  });
});

test("a cache mount filled by one pull request does not reach the base of the next", async () => {
  const from = `FROM ${await busyboxBase(store)}\nCOPY data /data\n`;
  const mount = "RUN --mount=type=cache,target=/cache";
  const keep = { Dockerfile: `${from}${mount} cp -r /cache /kept\n`, data: `${Math.random()}` };
  const fill = `${from}${mount} dd if=/dev/zero of=/cache/a bs=1M count=9\n`;
  const inputs = { network: "none", ...limit };
  await using filled = await auditPullRequest(github, await open(keep, { Dockerfile: fill }), {
    env,
    inputs,
  });
  expect(filled.status, filled.log).toBe(0);

  const later = { ...keep, data: `${Math.random()}` };
  const grown = { Dockerfile: `${from}COPY large /kept/a\n`, large: megabytes(9) };
  await using next = await auditPullRequest(github, await open(later, grown), { env, inputs });
  expect(next.status, next.log).toBe(1);
});

test("SIGTERM ends the step with 2 and leaves nothing if base-prepare ignores signals", async () => {
  const pullRequest = await open({ Dockerfile: scratch, data: "1" }, { data: "2" });
  const place = await mkdtemp(join(tmpdir(), "image-audit-test-"));
  onTestFinished(() => rm(place, { recursive: true }));
  const [deaf, away] = [join(place, "deaf"), join(place, "away")];
  const pidOf = (file: string) => Number(readFileSync(file, "utf8"));
  onTestFinished(() => void process.kill(pidOf(away), "SIGKILL"));
  // A process in a session of its own cannot be ended. The step must not wait for it.
  const prepare = `trap "" INT TERM; setsid sh -c 'echo $$ >${away}; exec sleep 600' & until [ -s ${away} ]; do sleep 0.1; done; echo $$ >${deaf}; echo napping; sleep 600; wait`;
  await using step = await auditPullRequest(github, pullRequest, {
    env,
    inputs: { "base-prepare": prepare },
    started: (child) => {
      child.stdout?.on("data", (text: Buffer) => {
        if (/^napping$/m.test(String(text))) child.kill("SIGTERM");
      });
    },
    beforePost: async (state) => expect(await readdir(state.get("temporary") ?? "")).toEqual([]),
  });
  expect(step.status, step.log).toBe(2);
  expect(step.report?.error?.code).toBe("cancelled");
  expect(() => process.kill(pidOf(deaf), 0)).toThrow("ESRCH");
  expect(step.log).not.toContain("Building");
});
