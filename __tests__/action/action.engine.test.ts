import type { ChildProcess } from "node:child_process";
import { randomInt, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import auditSchema from "../../schema/audit.schema.json" with { type: "json" };
import inspectionSchema from "../../schema/inspection.schema.json" with { type: "json" };
import { outputs as outputTable } from "../../src/inputs/options.ts";
import type { Store } from "../../tools/engine/stores.ts";
import { busyboxBase } from "../helpers/bases.ts";
import { docker, engineEnvironment, stores } from "../helpers/engine.ts";
import { type Github, startGithub } from "../helpers/github-api.ts";
import {
  auditPullRequest,
  type Files,
  openPullRequest,
  type PullRequest,
  type Step,
} from "../helpers/pull-request.ts";
import type { StepOptions } from "../helpers/runner.ts";
import { workspace } from "../helpers/workspace.ts";

// Runs dist/index.js and dist/cleanup.js like the runner, on a real engine and against a stateful API.

const validateReport = new Ajv2020({ strict: true, schemas: [inspectionSchema] }).compile(auditSchema);

let github: Github;
beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github[Symbol.asyncDispose]());

const app = (bytes: number) => "x".repeat(bytes);
const scratch = "FROM scratch\nCOPY app /app\n";
const small = { Dockerfile: scratch, app: app(100_000) };

async function open(base: Files, head: Files): Promise<PullRequest> {
  const pullRequest = await openPullRequest(github, base, head);
  onTestFinished(() => pullRequest[Symbol.dispose]());
  return pullRequest;
}

function on(store: Store) {
  return async (
    pullRequest: PullRequest,
    inputs: Readonly<Record<string, string>> = {},
    more: Partial<StepOptions> = {},
  ): Promise<Step> => {
    const step = await auditPullRequest(github, pullRequest, {
      env: engineEnvironment(store),
      inputs,
      ...more,
    });
    onTestFinished(() => step[Symbol.asyncDispose]());
    return step;
  };
}

const rules = (step: Step) =>
  Object.fromEntries(step.report?.images[0]?.findings.map(({ rule, verdict }) => [rule, verdict]) ?? []);

describe.each(stores)("on the %s store", (store) => {
  const audit = on(store);
  let withShell: string;
  let busybox: string;
  beforeAll(async () => {
    busybox = await busyboxBase(store);
    withShell = `${scratch}COPY --from=${busybox} /bin/busybox /bin/sh\n`;
  });

  test("audits ./Dockerfile of a shallow clone and sets every output if it has no inputs", async () => {
    const pullRequest = await open(small, { app: app(700_000) });
    using clone = pullRequest.repository.shallowClone("HEAD");
    const step = await audit(pullRequest, {}, { workspace: clone.directory });
    expect(step.status, step.log).toBe(0);
    expect(Object.fromEntries(step.outputs)).toEqual({
      verdict: "pass",
      passed: "true",
      size: "700000",
      "size-delta": "600000",
      "size-delta-percent": "600.00",
      "unpacked-size": "700000",
      "pull-size": expect.stringMatching(/^\d*$/),
      layers: "1",
      stages: "1",
      shells: "0",
      distroless: "yes",
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      report: expect.stringMatching(/report\.json$/),
      markdown: expect.stringMatching(/report\.md$/),
      "comment-url": expect.stringContaining(`/issues/${pullRequest.number}#issuecomment-`),
    });
    expect([...step.outputs.keys()]).toEqual(Object.keys(outputTable));
    validateReport(step.report);
    expect(validateReport.errors).toBeNull();
    expect(step.report).toMatchObject({
      verdict: "pass",
      headCommit: pullRequest.repository.tip("HEAD"),
      baseCommit: pullRequest.repository.tip("main"),
      baseName: "main",
    });
    expect(await readFile(step.outputs.get("markdown") ?? "", "utf8")).toContain("700");
    expect(step.summary).toContain("700");
    expect(await pullRequest.comments()).toHaveLength(1);
  });

  test("comments that the image is over budget before the step fails", async () => {
    const pullRequest = await open(small, { app: app(600_000) });
    const step = await audit(pullRequest, { "max-size": "500kB", "max-increase": "100%" });
    expect(step.status, step.log).toBe(1);
    expect(step.outputs.get("verdict")).toBe("fail");
    expect(step.outputs.get("passed")).toBe("false");
    expect(rules(step)).toMatchObject({ "max-size": "fail", "max-increase": "fail" });
    const [comment] = await pullRequest.comments();
    expect(comment?.body).toMatch(/over its limit of 500\skB, and grown by more than 100%/);
    expect(step.log).toMatch(/^::error /m);
    expect(step.summary).toMatch(/over its limit of 500\skB/);
  });

  test("fails by default on a new shell, and edits its comment when the shell is removed", async () => {
    const pullRequest = await open(small, { Dockerfile: withShell });
    const failed = await audit(pullRequest);
    expect(failed.status, failed.log).toBe(1);
    expect(failed.outputs.get("shells")).toBe("1");
    expect(rules(failed)).toEqual({ starts: "pass", distroless: "fail" });
    const [before] = await pullRequest.comments();
    expect(before?.body).toContain("/bin/sh");

    await pullRequest.push({ Dockerfile: scratch });
    const fixed = await audit(pullRequest);
    expect(fixed.status, fixed.log).toBe(0);
    const after = await pullRequest.comments();
    expect(after.map(({ id }) => id)).toEqual([before?.id]);
    expect(after[0]?.body).not.toContain("/bin/sh");
    expect(fixed.outputs.get("comment-url")).toContain(String(before?.id));
  });

  test("judges by the policy file of the base, and says what takes effect after the merge", async () => {
    const path = ".github/image-audit.yml";
    const policy = (limit: string) =>
      `version: 1\npolicy: { max-size: ${limit} }\nimages: { api: { target: prod } }\n`;
    const Dockerfile = "FROM scratch AS prod\nCOPY app /app\nFROM scratch AS dev\n";
    const base = { ...small, Dockerfile, [path]: policy("500kB") };
    const pullRequest = await open(base, { app: app(600_000), [path]: policy("9MB") });
    const step = await audit(pullRequest, { "max-size": "8MB" });
    expect(step.status, step.log).toBe(1);
    expect(step.report?.images[0]?.name).toBe("api");
    expect(rules(step)).toMatchObject({ "max-size": "fail" });
    validateReport(step.report);
    expect(validateReport.errors).toBeNull();
    const [comment] = await pullRequest.comments();
    expect(comment?.body).toMatch(/over its limit of 500\skB/);
    expect(comment?.body).toContain("That takes effect after the merge.");
  });

  test("a hostile build log contains no runner commands and changes nothing", async () => {
    const evil = [
      "##[add-mask]evil",
      "::set-output name=verdict::fail",
      "::save-state name=run::evil",
      "\\r::add-mask::evil",
      "\\033[31m##[error]evil",
      "\\342\\200\\203::stop-commands::evil-evil",
    ];
    const run = evil
      .map((text) => `RUN printf '${text}\\n'; printf '${text}\\n' >&2 # ##[warning]evil`)
      .join("\n");
    const Dockerfile = `FROM ${busybox}\nLABEL evil="##[error]evil ::error::evil"\nCOPY app /app\n${run}\n`;
    const pullRequest = await open({ ...small, Dockerfile }, { app: app(100_001) });
    const step = await audit(pullRequest, {
      network: "none",
      "build-args": `ONCE=${randomUUID()}`,
      "no-cache": "true",
    });
    expect(step.status, step.log).toBe(0);
    expect(step.log).toContain("evil");
    expect(commandsIn(step.log)).toEqual(commandsIn(step.log).filter(isOurs));
    expect(step.outputs.get("verdict")).toBe("pass");

    await pullRequest.push({ Dockerfile: `${Dockerfile}RUN printf '${evil.join("\\n")}\\n'; exit 7\n` });
    const failed = await audit(pullRequest, { network: "none" });
    expect(failed.status, failed.log).toBe(2);
    expect(commandsIn(failed.log)).toEqual(commandsIn(failed.log).filter(isOurs));
    expect(failed.outputs.get("verdict")).toBe("inconclusive");
    expect(failed.report?.error).toMatchObject({
      code: "build-failed",
      message: expect.stringContaining("exit code: 7"),
    });
  });

  test("shows a build secret nowhere", async () => {
    const secret = `hunter2-${randomUUID()}`;
    const ofFile = `tiger-${randomUUID()}`;
    await using outside = await workspace({ key: `the key:\n${ofFile}\n` });
    const mounts = ["key", "more", "file"].map((id) => `--mount=type=secret,id=${id}`).join(" ");
    const read = "test -s /run/secrets/key && test -s /run/secrets/more && test -s /run/secrets/file";
    const Dockerfile = `FROM ${busybox}\nCOPY app /app\nRUN ${mounts} ${read}\n`;
    const secrets = {
      secrets: `key=${secret}`,
      "secret-envs": "more=MORE_SECRET",
      "secret-files": `file=${outside.path}/key`,
    };
    const pullRequest = await open({ ...small, Dockerfile }, { app: app(400_000) });
    const step = await audit(
      pullRequest,
      { network: "none", ...secrets },
      { variables: { MORE_SECRET: secret } },
    );
    expect(step.status, step.log).toBe(0);
    const [comment] = await pullRequest.comments();
    const seen = [
      step.log,
      JSON.stringify(step.report),
      step.summary,
      comment?.body,
      [...step.outputs.values()].join(),
    ];
    for (const text of seen) {
      expect(text).not.toBe("");
      expect(text).not.toContain(secret);
      expect(text).not.toContain(ofFile);
    }

    // A failing step may print its secrets, and the comment shows its last lines.
    await pullRequest.push({
      Dockerfile: `${Dockerfile}RUN ${mounts} cat /run/secrets/*; echo; exit 9\n`,
    });
    const failed = await audit(
      pullRequest,
      { network: "none", ...secrets },
      { variables: { MORE_SECRET: `more-${secret}` } },
    );
    expect(failed.report?.error?.message).toMatch(/exit code: 9\. Its last lines:\n.*\*{3}/);
    const [edited] = await pullRequest.comments();
    for (const text of [JSON.stringify(failed.report), failed.summary, edited?.body]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(ofFile);
    }
  });

  test("no report has the value of a build argument, since some are tokens", async () => {
    const value = `token-${randomUUID()}`;
    const Dockerfile = `FROM ${busybox}\nARG TOKEN\nCOPY app /app\nRUN test -n "$TOKEN" && cp /app /copy\n`;
    const pullRequest = await open({ ...small, Dockerfile }, { app: app(400_000) });
    const step = await audit(pullRequest, { network: "none", "build-args": `TOKEN=${value}` });
    expect(step.status, step.log).toBe(0);
    const [comment] = await pullRequest.comments();
    // The log has it, as with every docker build. There the runner masks the workflow's secrets.
    for (const text of [JSON.stringify(step.report), step.summary, comment?.body]) {
      expect(text).toContain("RUN");
      expect(text).not.toContain(value);
    }

    await pullRequest.push({ Dockerfile: `${Dockerfile}RUN test -z "$TOKEN"\n` });
    const failed = await audit(pullRequest, { network: "none", "build-args": `TOKEN=${value}` });
    expect(failed.status, failed.log).toBe(2);
    const [edited] = await pullRequest.comments();
    for (const text of [JSON.stringify(failed.report), failed.summary, edited?.body]) {
      expect(text).toContain("line 5 of the Dockerfile");
      expect(text).not.toContain(value);
    }
  });

  test("SIGINT during a build ends the step early with 2 and leaves nothing", async () => {
    // The build sleeps longer than the test's timeout.
    const { pullRequest, nap } = await openSleeper(busybox, 600);
    const step = await audit(
      pullRequest,
      { network: "none" },
      {
        started: (child) => onceSleeping(child, nap, () => child.kill("SIGINT")),
        beforePost: async (state) => {
          expect(await tagsOf(store, state)).toEqual([]);
          expect(await readdir(state.get("temporary") ?? "")).toEqual([]);
        },
      },
    );
    expect(step.status, step.log).toBe(2);
    expect(step.outputs.get("verdict")).toBe("inconclusive");
    expect(step.report?.error?.code).toBe("cancelled");
    expect(await pullRequest.comments()).toEqual([]);
    await expect.poll(() => processesWith(nap), { timeout: 10_000 }).toEqual([]);
    expect(await readdir(step.temporary)).toEqual([expect.stringMatching(/^image-audit-report-/)]);
  });

  test("the post step removes the tags and the directory after SIGKILL", async () => {
    const { pullRequest, nap } = await openSleeper(busybox, 60);
    let left: readonly string[] = [];
    const step = await audit(
      pullRequest,
      { network: "none" },
      {
        started: (child) => onceSleeping(child, nap, () => child.kill("SIGKILL")),
        beforePost: async (state) => {
          left = await tagsOf(store, state);
          expect(await readdir(state.get("temporary") ?? "")).not.toEqual([]);
        },
      },
    );
    expect(step.status).toBeNull();
    expect(left).toEqual([expect.stringContaining("image-audit/build:base-")]);
    expect(step.postStatus).toBe(0);
    expect(await tagsOf(store, step.state)).toEqual([]);
    expect(await readdir(step.temporary)).toEqual([expect.stringMatching(/^image-audit-report-/)]);
  });

  test("compares two existing images without a build", async () => {
    const pullRequest = await open(small, { app: app(300_000) });
    const tag = `image-audit-action:${randomUUID()}`;
    onTestFinished(async () => void (await docker(store, "image", "rm", `${tag}-new`, `${tag}-old`)));
    for (const [name, ref] of [
      ["new", "topic"],
      ["old", "main"],
    ] as const) {
      using clone = pullRequest.repository.shallowClone(ref);
      const built = await docker(
        store,
        "buildx",
        "build",
        "--provenance=false",
        "--load",
        `--tag=${tag}-${name}`,
        clone.directory,
      );
      expect(built.code, built.stderr).toBe(0);
    }
    const both = await audit(pullRequest, { image: `${tag}-new`, "compare-with": `${tag}-old` });
    expect(both.status, both.log).toBe(0);
    expect(both.outputs.get("size-delta")).toBe("200000");
    expect(both.log).not.toContain("Building");

    const head = await audit(pullRequest, { image: `${tag}-new` });
    expect(head.status, head.log).toBe(0);
    expect(head.outputs.get("size-delta")).toBe("200000");
    expect(head.log).toContain("Building the base");
    expect(head.log).not.toContain("Building the head");
  });

  async function openSleeper(busybox: string, seconds: number) {
    // A unique number of seconds identifies the process. The base builds, so that there is a tag.
    const nap = `${seconds}.${randomInt(1e6, 1e9)}`;
    const sleeping = `FROM ${busybox}\nRUN echo napping && sleep ${nap}\n`;
    return { pullRequest: await open(small, { Dockerfile: sleeping }), nap };
  }
});

describe("comments", () => {
  const audit = on(stores[0]);
  const calls = (from: number, method: string) =>
    github.requests.slice(from).filter((request) => request.method === method);

  test("creates one comment, finds it among 120 others, and edits it only if it changes", async () => {
    const pullRequest = await open(small, { app: app(300_000) });
    for (let index = 0; index < 120; index += 1)
      await github.addComment(pullRequest.number, `Comment ${index}`, "stranger");
    expect((await audit(pullRequest)).status).toBe(0);
    const [first] = (await pullRequest.comments()).slice(120);
    expect(first?.body).toMatch(/300\skB/);

    await pullRequest.push({ app: app(400_000) });
    expect((await audit(pullRequest)).status).toBe(0);
    const [second, ...others] = (await pullRequest.comments()).slice(120);
    expect(others).toEqual([]);
    expect(second?.id).toBe(first?.id);
    expect(second?.body).toMatch(/400\skB/);

    const from = github.requests.length;
    const unchanged = await audit(pullRequest);
    expect(unchanged.outputs.get("comment-url")).toContain(String(first?.id));
    expect(calls(from, "PATCH")).toEqual([]);
    expect(calls(from, "POST").filter(({ path }) => path !== "/graphql")).toEqual([]);
  });

  test("a missing permission changes no verdict; one line names it and the summary has the report", async () => {
    await using readOnly = await startGithub({ permission: "read" });
    using pullRequest = await openPullRequest(readOnly, small, { app: app(300_000) });
    for (const [limit, status] of [
      ["1MB", 0],
      ["200kB", 1],
    ] as const) {
      await using step = await auditPullRequest(readOnly, pullRequest, {
        env: engineEnvironment(stores[0]),
        inputs: { "max-size": limit },
      });
      expect(step.status, step.log).toBe(status);
      expect(step.outputs.get("comment-url")).toBe("");
      expect(step.log.split("\n").filter((line) => line.includes("pull_requests=write"))).toHaveLength(1);
      expect(step.summary).toMatch(/300\skB/);
    }
    expect(await pullRequest.comments()).toEqual([]);
  });

  test("on-change writes no comment if nothing changed, but updates an existing one", async () => {
    const pullRequest = await open(small, { README: "not in the image" });
    const quiet = await audit(pullRequest);
    expect(quiet.status, quiet.log).toBe(0);
    expect(quiet.outputs.get("comment-url")).toBe("");
    expect(await pullRequest.comments()).toEqual([]);

    await audit(pullRequest, { comment: "always" });
    expect(await pullRequest.comments()).toHaveLength(1);
  });

  test("never writes no comment, and on-failure writes one only if the audit fails", async () => {
    const pullRequest = await open(small, { app: app(900_000) });
    expect((await audit(pullRequest, { comment: "never", "max-size": "1kB" })).status).toBe(1);
    expect((await audit(pullRequest, { comment: "on-failure" })).status).toBe(0);
    expect(await pullRequest.comments()).toEqual([]);

    expect((await audit(pullRequest, { comment: "on-failure", "max-size": "800kB" })).status).toBe(1);
    const [failed] = await pullRequest.comments();
    expect(failed?.body).toMatch(/over its limit/);
    // The failure is fixed, so the existing comment is updated.
    expect((await audit(pullRequest, { comment: "on-failure", "max-size": "1MB" })).status).toBe(0);
    const [fixed, ...others] = await pullRequest.comments();
    expect(others).toEqual([]);
    expect(fixed?.body).not.toMatch(/over its limit/);
  });

  test("a run whose head does not build replaces the earlier comment", async () => {
    const pullRequest = await open(small, { app: app(300_000) });
    await audit(pullRequest);
    await pullRequest.push({ Dockerfile: "FROM scratch\nCOPY absent /app\n" });
    const step = await audit(pullRequest);
    expect(step.status, step.log).toBe(2);
    const [comment, ...others] = await pullRequest.comments();
    expect(others).toEqual([]);
    expect(comment?.body).toContain("The audit could not be finished");
  });
});

describe("a comment of an earlier run does not remain as if it were current", () => {
  const audit = on(stores[0]);
  const commentPath = /\/issues\/comments\/\d+$/;

  async function commented() {
    const pullRequest = await open(small, { app: app(300_000) });
    const step = await audit(pullRequest);
    expect(step.status, step.log).toBe(0);
    const [comment] = await pullRequest.comments();
    expect(comment?.body).toContain("✅");
    return pullRequest;
  }

  test("if an input is invalid", async () => {
    const pullRequest = await commented();
    for (const inputs of [{ "max-sise": "1MB" }, { "max-size": "1 parsec" }, { secrets: "no value" }]) {
      const step = await audit(pullRequest, inputs);
      expect(step.status, step.log).toBe(2);
      expect(step.outputs.get("verdict")).toBe("inconclusive");
      const [comment, ...others] = await pullRequest.comments();
      expect(others).toEqual([]);
      expect(comment?.body).toContain("The audit could not be finished");
      expect(comment?.body).toMatch(/input-(?:unknown|invalid)/);
      expect(step.summary).toContain("The audit could not be finished");
    }
    expect((await audit(pullRequest, { "max-sise": "1MB", comment: "never" })).status).toBe(2);
  });

  test("if the run is cancelled", async () => {
    const pullRequest = await commented();
    const busybox = await busyboxBase(stores[0]);
    const nap = `600.${randomInt(1e6, 1e9)}`;
    await pullRequest.push({ Dockerfile: `FROM ${busybox}\nRUN echo napping && sleep ${nap}\n` });
    const step = await audit(
      pullRequest,
      { network: "none" },
      { started: (child) => onceSleeping(child, nap, () => child.kill("SIGINT")) },
    );
    expect(step.status, step.log).toBe(2);
    const [comment, ...others] = await pullRequest.comments();
    expect(others).toEqual([]);
    expect(comment?.body).toContain("(<code>cancelled</code>)");
  });

  test("if GitHub refuses a long comment: it then has only the verdict, and the summary says why", async () => {
    const pullRequest = await commented();
    const tooLong = JSON.stringify({ message: "Body is too long (maximum is 65536 characters)" });
    github.fail({ method: "PATCH", path: commentPath, answer: { status: 422, body: tooLong } });
    const step = await audit(pullRequest, { "max-size": "1kB" });
    expect(step.status, step.log).toBe(1);
    const [comment] = await pullRequest.comments();
    expect(comment?.body).toMatch(/### ❌ The image is over policy/);
    expect(comment?.body).toMatch(/300\skB/);
    expect(step.summary).toMatch(/over its limit of 1\skB/);
    expect(step.summary).toContain("too long");
    expect(step.outputs.get("comment-url")).toContain(String(comment?.id));
  });

  test("if GitHub refuses every edit: the comment is removed", async () => {
    const pullRequest = await commented();
    const refused = { status: 422, body: JSON.stringify({ message: "Validation Failed" }) };
    github.fail({ method: "PATCH", path: commentPath, times: 2, answer: refused });
    const step = await audit(pullRequest, { "max-size": "1kB" });
    expect(step.status, step.log).toBe(1);
    expect(await pullRequest.comments()).toEqual([]);
    expect(step.summary).toContain("The pull request comment could not be written");
  });

  test("if outputs and summary cannot be written: comment and exit status have the verdict", async () => {
    const pullRequest = await commented();
    const full = { GITHUB_OUTPUT: "/dev/full", GITHUB_STEP_SUMMARY: "/dev/full" };
    const step = await audit(pullRequest, { "max-size": "1kB" }, { variables: full });
    expect(step.status, step.log).toBe(1);
    expect(step.log).toMatch(/^::warning::.*outputs.*ENOSPC/m);
    expect((await pullRequest.comments())[0]?.body).toMatch(/over its limit of 1\skB/);
    const passed = await audit(pullRequest, {}, { variables: full });
    expect(passed.status, passed.log).toBe(0);
  });

  test("if temporary files cannot be created", async () => {
    const pullRequest = await commented();
    const step = await audit(pullRequest, {}, { variables: { RUNNER_TEMP: "/dev/null" } });
    expect(step.status, step.log).toBe(2);
    expect(step.outputs.get("verdict")).toBe("inconclusive");
    expect((await pullRequest.comments())[0]?.body).toContain("The audit could not be finished");
  });
});

describe("a missing base", () => {
  const audit = on(stores.at(-1) ?? stores[0]);

  test("that does not build leaves only rules on growth undecided, and missing-base accepts it", async () => {
    const pullRequest = await open(
      { ...small, Dockerfile: "FROM scratch\nCOPY absent /app\n" },
      { Dockerfile: scratch },
    );
    const limits = { "max-size": "1MB", "max-increase": "5%" };
    const undecided = await audit(pullRequest, limits);
    expect(undecided.status, undecided.log).toBe(2);
    expect(rules(undecided)).toEqual({
      "max-size": "pass",
      "max-increase": "inconclusive",
      starts: "pass",
      distroless: "pass",
    });
    expect(undecided.outputs.get("size")).toBe("100000");
    expect(undecided.outputs.get("size-delta")).toBe("");
    expect((await pullRequest.comments())[0]?.body).toContain("No base to compare with");

    const accepted = await audit(pullRequest, { ...limits, "missing-base": "warn" });
    expect(accepted.status, accepted.log).toBe(0);
    expect(accepted.outputs.get("verdict")).toBe("warn");

    const over = await audit(pullRequest, { ...limits, "max-size": "1kB" });
    expect(over.status, over.log).toBe(1);
  });

  test("with a new Dockerfile has no growth, and warns about an image that is not distroless", async () => {
    const busybox = await busyboxBase(stores.at(-1) ?? stores[0]);
    const pullRequest = await open({ app: small.app }, { Dockerfile: scratch });
    const step = await audit(pullRequest, { "max-increase": "5%" });
    expect(step.status, step.log).toBe(0);
    expect(rules(step)).not.toHaveProperty("max-increase", "inconclusive");
    expect(step.report?.images[0]?.baseMissing).toMatchObject({ reason: "new" });

    await pullRequest.push({ Dockerfile: `FROM ${busybox}\nCOPY app /app\n` });
    const withShell = await audit(pullRequest);
    expect(withShell.status, withShell.log).toBe(0);
    expect(rules(withShell)).toEqual({ starts: "pass", distroless: "warn" });

    const required = await audit(pullRequest, { distroless: "fail" });
    expect(required.status, required.log).toBe(1);
    expect(rules(required)).toEqual({ starts: "pass", distroless: "fail" });
  });

  test("with a moved Dockerfile is undecided unless base-file names the old path", async () => {
    const pullRequest = await open(small, { Dockerfile: null, "docker/Dockerfile": scratch });
    const inputs = { file: "docker/Dockerfile", "max-increase": "5%" };
    const moved = await audit(pullRequest, inputs);
    expect(moved.status, moved.log).toBe(2);
    expect(moved.report?.images[0]?.baseMissing).toMatchObject({
      reason: "moved",
      message: expect.stringContaining("set base-file: Dockerfile"),
    });

    const told = await audit(pullRequest, { ...inputs, "base-file": "Dockerfile" });
    expect(told.status, told.log).toBe(0);
    expect(told.outputs.get("size-delta")).toBe("0");
  });

  test("that lacks a file from an earlier step is built with base-prepare", async () => {
    const pullRequest = await open(
      { Dockerfile: "FROM scratch\nCOPY built /built\n", ".gitignore": "built\n", source: "1" },
      { source: "22" },
    );
    pullRequest.repository.write("built", "made of 22");
    const without = await audit(pullRequest, { "max-increase": "5%" });
    expect(without.status, without.log).toBe(2);
    expect(without.report?.images[0]?.baseMissing).toMatchObject({ reason: "build-failed" });

    const prepare = 'test -z "$GITHUB_OUTPUT"; printf "made of %s" "$(cat source)" > built';
    const prepared = await audit(pullRequest, { "max-increase": "50%", "base-prepare": prepare });
    expect(prepared.status, prepared.log).toBe(0);
    expect(prepared.outputs.get("size-delta")).toBe("1");

    const failing = await audit(pullRequest, { "base-prepare": "echo no luck; exit 4" });
    expect(failing.report?.images[0]?.baseMissing?.message).toMatch(
      /exit code 4\. Its last lines:\n {2}no luck/,
    );
  });
});

describe("other events", () => {
  const audit = on(stores[0]);
  const repository = { default_branch: "main" };

  test("compares a push with the previous tip and a merge group with its base, without comments", async () => {
    const pullRequest = await open(small, { app: app(300_000) });
    const base = pullRequest.repository.tip("main");
    const events = {
      push: { ref: "refs/heads/main", before: base, repository },
      merge_group: {
        merge_group: {
          base_sha: base,
          head_sha: pullRequest.repository.tip("HEAD"),
          base_ref: "refs/heads/main",
        },
      },
      workflow_dispatch: { ref: "refs/heads/topic", repository },
    };
    for (const [eventName, event] of Object.entries(events)) {
      const step = await audit(pullRequest, {}, { eventName, event });
      expect(step.status, step.log).toBe(0);
      expect(step.report?.baseCommit, eventName).toBe(base);
      expect(step.outputs.get("size-delta"), eventName).toBe("200000");
      expect(step.outputs.get("comment-url")).toBe("");
    }
    expect(await pullRequest.comments()).toEqual([]);
  });

  test.each([
    ["pull_request_target", "token and secrets"],
    ["workflow_run", "token and secrets"],
    ["schedule", "there is no change to audit"],
  ])("refuses %s with a reason before any build", async (eventName, reason) => {
    const pullRequest = await open(small, {});
    const step = await audit(pullRequest, {}, { eventName });
    expect(step.status).toBe(2);
    expect(step.log).toMatch(/^::error::.*\[event-unsupported\]$/m);
    expect(step.log).toContain(reason);
    expect(step.log).not.toContain("Building");
  });
});

describe("an invalid workflow", () => {
  const audit = on(stores[0]);

  test.each([
    [{ "max-sise": "10MB" }, 'There is no input "max-sise": did you mean "max-size"? [input-unknown]'],
    [{ "max-size": "10 potatoes" }, 'max-size is "10 potatoes", which is not a size'],
    [{ context: "../elsewhere" }, "[context-outside-workspace]"],
    [{ file: "docker/Dockerfile" }, "[dockerfile-missing]"],
    [{ target: "prod" }, "[target-unknown]"],
  ] as const)("ends %j with one sentence and 2, and leaves nothing", async (inputs, sentence) => {
    const pullRequest = await open(small, {});
    const step = await audit(pullRequest, inputs, {
      beforePost: async (state) => {
        expect(await readdir(state.get("temporary") ?? "")).toEqual([]);
        expect(await tagsOf(stores[0], state)).toEqual([]);
      },
    });
    expect(step.status, step.log).toBe(2);
    const said = step.log.split("\n").filter((line) => line.startsWith("::error"));
    expect(said.at(-1)).toContain(sentence);
    expect(said.filter((line) => line.includes(sentence))).toHaveLength(1);
    expect(step.log).not.toMatch(/^ +at /m);
  });
});

/** Calls back when the build's step has written its line, and so is sleeping. */
function onceSleeping(child: ChildProcess, nap: string, then: () => void): void {
  let log = "";
  let isDone = false;
  child.stdout?.on("data", (text: Buffer) => {
    log += text;
    if (isDone || !/^(?:#\d+ )?(?:[\d.]+ )?napping\s*$/m.test(log)) return;
    expect(log).toContain(nap);
    isDone = true;
    then();
  });
}

async function tagsOf(store: Store, state: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const run = state.get("run");
  expect(run).toMatch(/^[0-9a-f]{24}$/);
  const { stdout } = await docker(
    store,
    "image",
    "ls",
    "--format",
    "{{.Repository}}:{{.Tag}}",
    "image-audit/build",
  );
  return stdout.split("\n").filter((reference) => reference.includes(run ?? ""));
}

/**
 * Returns this machine's processes with that word in their command line. The test engines run on this
 * machine.
 */
async function processesWith(word: string): Promise<readonly string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")));
  return lines.filter((line) => line.includes(word));
}

/**
 * Returns the commands that the runner would execute: `::name` at the start of a line, `##[name` anywhere.
 * See src/Runner.Common/ActionCommand.cs in actions/runner.
 */
function commandsIn(log: string): readonly string[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => {
    const modern = /^\s*::([^\s:]+)(?:\s[^:]*)?::/u.exec(line);
    if (modern !== null) return [line];
    return /##\[[^\]]+\]/.test(line.replace(/\p{Cf}/gu, "")) ? [line] : [];
  });
}

/** Reports whether a command is ours: a group, a token's mask, or an annotation with escaped text. */
function isOurs(line: string): boolean {
  if (/^::(group::[A-Z]|endgroup::$|add-mask::)/.test(line)) return !line.includes("evil");
  return /^::(error|warning)( title=[^:]+)?::/.test(line);
}
