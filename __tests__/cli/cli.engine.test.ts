import { randomUUID } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { busyboxBase } from "../helpers/bases.ts";
import { type CliOptions, type CliResult, runCli } from "../helpers/cli.ts";
import { docker, engineEnvironment, stores } from "../helpers/engine.ts";
import { makeRepository } from "../helpers/repository.ts";

// Runs the command as a child process, with a real engine or with a broken one.

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "image-audit-cli-"));
  await mkdir(join(home, "tmp"), { mode: 0o777 });
  await chmod(home, 0o755);
  await chmod(join(home, "tmp"), 0o777);
});
afterAll(() => rm(home, { recursive: true }));

const scratch = "FROM scratch\nCOPY app /app\n";
const app = (bytes: number) => "x".repeat(bytes);

function environmentOf(store: (typeof stores)[number], more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, DOCKER_HOST, DOCKER_CONFIG } = engineEnvironment(store);
  return { PATH, HOME, DOCKER_HOST, DOCKER_CONFIG, TMPDIR: join(home, "tmp"), ...more };
}

function repositoryWith(base: Readonly<Record<string, string>>) {
  const repository = makeRepository();
  onTestFinished(() => repository[Symbol.dispose]());
  repository.commit(base);
  return repository;
}

describe.each(stores)("on the %s store", (store) => {
  const env = () => environmentOf(store);

  test("audits the working tree, including uncommitted changes, against main", async () => {
    const repository = repositoryWith({ Dockerfile: scratch, app: app(100_000) });
    repository.branch("topic");
    repository.commit({ app: app(150_000) });
    repository.write("app", app(160_000));
    const options = { cwd: repository.directory, env: env() };
    const passed = await runCli(["--max-increase", "100%", "--format", "json"], options);
    expect(passed.status, passed.stderr).toBe(0);
    const report = JSON.parse(passed.stdout);
    expect(report).toMatchObject({ verdict: "pass", baseName: "main", baseCommit: repository.tip("main") });
    expect(report.images[0].comparison.size.difference).toBe(60_000);

    const over = await runCli(["--max-increase", "50kB"], options);
    expect(over.status, over.stderr).toBe(1);
    expect(over.stdout).toMatch(/160\skB/);
    expect(over.stdout).not.toContain("::error");
    expect(await readdir(join(home, "tmp"))).toEqual([]);
  });

  test("inspects, lists and compares the engine's images by name", async () => {
    const busybox = await busyboxBase(store);
    const inspected = await runCli(["inspect", busybox, "--format", "json"], { env: env() });
    expect(inspected.status, inspected.stderr).toBe(0);
    expect(JSON.parse(inspected.stdout).shells).not.toEqual([]);
    const listed = await runCli(["files", busybox], { env: env() });
    expect(listed.stdout).toContain("/bin/busybox");
    const same = await runCli(["compare", busybox, "--to", `docker:${busybox}`], { env: env() });
    expect(same.status, same.stderr).toBe(0);
    await expectFailure(
      await runCli(["inspect", `absent-${randomUUID()}`], { env: env() }),
      "image-not-found",
      /The engine has no image absent-/,
    );
  });

  test("compare fails if the image of either side is unavailable", async () => {
    const busybox = await busyboxBase(store);
    const absent = `absent-${randomUUID()}`;
    const cases: readonly (readonly [name: string, sentence: RegExp])[] = [
      [absent, /The engine has no image absent-/],
      [`docker:${absent}:1`, /The engine has no image absent-/],
      [`${absent}@sha256:${"0".repeat(64)}`, /absent-/],
      [`registry:127.0.0.1:1/${absent}`, /absent-/],
    ];
    for (const [name, sentence] of cases) {
      for (const images of [
        [busybox, "--to", name],
        [name, "--to", busybox],
      ]) {
        const args = ["compare", ...images, "--missing-base", "warn", "--distroless", "off"];
        const result = await runCli(args, { env: env() });
        const code = name.startsWith("registry:") ? "engine-failed" : "image-not-found";
        await expectFailure(result, code, sentence);
      }
    }
  });

  test("an audit treats an unavailable compare-with image as a missing base", async () => {
    const busybox = await busyboxBase(store);
    const absent = `absent-${randomUUID()}`;
    const args = ["--image", busybox, "--compare-with", absent];
    const undecided = await runCli([...args, "--format", "json"], { cwd: home, env: env() });
    expect(undecided.status, undecided.stderr).toBe(2);
    expect(JSON.parse(undecided.stdout).images[0].baseMissing).toEqual({
      reason: "unavailable",
      message: expect.stringContaining(`The engine has no image ${absent}`),
    });
    const accepted = await runCli([...args, "--missing-base", "warn"], { cwd: home, env: env() });
    expect(accepted.status, accepted.stderr).toBe(0);
  });

  test("reports a failed build with its step, its line and its last output", async () => {
    const busybox = await busyboxBase(store);
    const repository = repositoryWith({ Dockerfile: scratch, app: "x" });
    repository.write("Dockerfile", `FROM ${busybox}\nRUN echo first; echo last words; exit 3\n`);
    const result = await runCli(["--network", "none"], { cwd: repository.directory, env: env() });
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(
      /^image-audit: The build of the head's image failed at line 2 of the Dockerfile, .*RUN echo first.*exit code: 3\. Its last lines: \[build-failed\]\n {2}first\n {2}last words\n$/m,
    );
    expect(await readdir(join(home, "tmp"))).toEqual([]);
  });

  test("reports a missing target or Dockerfile", async () => {
    const repository = repositoryWith({
      Dockerfile: `${scratch.replace("scratch", "scratch AS prod")}`,
      app: "x",
    });
    const options = { cwd: repository.directory, env: env() };
    await expectFailure(await runCli(["--target", "prd"], options), "target-unknown", /no stage "prd"/);
    await expectFailure(await runCli(["-f", "absent"], options), "dockerfile-missing", /absent/);
    await expectFailure(
      await runCli(["--context", ".."], options),
      "context-outside-workspace",
      /lies outside the repository/,
    );
  });
});

describe("reports an engine that", () => {
  const [store] = stores;
  const inspect = (more: NodeJS.ProcessEnv, options: CliOptions = {}) =>
    runCli(["inspect", "shop:latest"], { cwd: home, env: environmentOf(store, more), ...options });

  test("is not running", async () => {
    const socket = `unix://${join(home, "dead.sock")}`;
    await expectFailure(
      await inspect({ DOCKER_HOST: socket }),
      "engine-missing",
      /^image-audit: No container engine answers: .*dead\.sock.* Start it, or set DOCKER_HOST/,
    );
    await expectFailure(
      await inspect({ DOCKER_HOST: "tcp://127.0.0.1:1" }),
      "engine-missing",
      /127\.0\.0\.1:1/,
    );
  });

  test("has no buildx, which only a build needs", async () => {
    const repository = repositoryWith({ Dockerfile: scratch, app: "x" });
    const env = environmentOf(store, { DOCKER_CONFIG: join(home, "no-plugins"), HOME: home });
    const result = await runCli([], { cwd: repository.directory, env });
    // If a package has installed the plugin for all users, this machine cannot be without it.
    if (result.status !== 0) await expectFailure(result, "buildx-missing", /docker buildx is not installed/);
    else
      expect((await docker(store, "info", "--format", "{{.ClientInfo.Plugins}}")).stdout).toContain("buildx");
  });

  test("refuses this user", async () => {
    const path = join(home, "closed.sock");
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((listening) => server.listen(path, listening));
    onTestFinished(() => new Promise<void>((closed) => void server.close(() => closed())));
    await chmod(path, 0o000);
    // As root, run the command as another user: root may open every socket.
    const prefix =
      process.getuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
    const result = await inspect(
      { DOCKER_HOST: `unix://${path}`, HOME: home, DOCKER_CONFIG: join(home, "tmp") },
      { prefix },
    );
    await expectFailure(
      result,
      "engine-permission",
      /refuses this user\. Add the user to the `docker` group/,
    );
  });
});

/** Expects one sentence with its code, no stack trace, and no temporary files. */
async function expectFailure(result: CliResult, code: string, sentence: RegExp): Promise<void> {
  const said = result.stderr.split("\n").filter((line) => line.startsWith("image-audit: "));
  expect(said, result.stderr).toHaveLength(1);
  expect(said[0]).toMatch(sentence);
  expect(said[0]?.endsWith(`[${code}]`), said[0]).toBe(true);
  expect(result.stderr).not.toMatch(/^\s+at /m);
  expect(result.status).toBe(2);
  expect(await readdir(join(home, "tmp"))).toEqual([]);
}
