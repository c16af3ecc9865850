import { resolve } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { runCli } from "../helpers/cli.ts";
import { makeRepository, type TestRepository, testEnvironment } from "../helpers/repository.ts";

vi.setConfig({ testTimeout: 60_000 });

const path = ".github/image-audit.yml";
const policy = `version: 1
policy:
  max-increase: 5% and 10MB
images:
  api: { target: prod, policy: { max-size: 120MB, distroless: fail } }
`;

function repositoryWith(text: string): TestRepository {
  const repository = makeRepository();
  onTestFinished(() => repository[Symbol.dispose]());
  repository.commit({ [path]: text, Dockerfile: "FROM scratch AS prod\n" });
  return repository;
}

const cli = (repository: TestRepository, ...args: string[]) =>
  runCli(["policy", ...args], {
    cwd: repository.directory,
    env: { ...testEnvironment(resolve(repository.directory, "..")), PATH: process.env["PATH"] },
  });

test("policy shows each setting with where it comes from", async () => {
  const repository = repositoryWith(policy);
  const commit = repository.tip().slice(0, 7);
  const { status, stdout } = await cli(repository, "--max-layers", "20");
  expect(status).toBe(0);
  const lines = stdout.split("\n").map((line) => line.trim().replace(/ {2,}/g, "  "));
  expect(lines[0]).toBe("Policy of api");
  expect(lines).toEqual(
    expect.arrayContaining([
      `max-size  120MB  ${path} of main at ${commit}, line 5`,
      `max-increase  5% and 10MB  ${path} of main at ${commit}, line 3`,
      `distroless  fail  ${path} of main at ${commit}, line 5`,
      "starts  ratchet  the default",
      "max-layers  20  the inputs",
    ]),
  );
});

test("a flag takes a value even if its name begins with no", async () => {
  const { status, stdout } = await cli(repositoryWith(policy), "--no-setuid", "fail");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ {2}no-setuid +fail +the inputs$/m);
});

test("policy shows what the working tree wants otherwise", async () => {
  const repository = repositoryWith(policy);
  repository.branch("change");
  repository.write(path, policy.replace("120MB", "500MB"));
  const { stdout } = await cli(repository, "--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({
    image: "api",
    settings: expect.arrayContaining([
      expect.objectContaining({ key: "max-size", text: "120MB", line: 5 }),
      expect.objectContaining({ key: "max-size", text: "500MB", source: { kind: "head-file", path } }),
    ]),
    remarks: [{ kind: "setting", key: "max-size", before: "120MB", after: "500MB", counts: false }],
  });
});

test("policy --check prints the mistakes of a file as compilers do", async () => {
  const repository = repositoryWith(policy);
  expect(await cli(repository, "--check", path)).toMatchObject({
    status: 0,
    stdout: `${path} has no mistake.\n`,
  });
  repository.write(path, `${policy}polcy: 1\nexceptions: 7\n`);
  expect(await cli(repository, "--check", path)).toMatchObject({
    status: 1,
    stdout: `${path}:6:1: There is no key "polcy" here. Did you mean "policy"?\n${path}:7:13: exceptions needs a list: lines that begin with a dash.\n`,
  });
  expect(await cli(repository, "--check", "nowhere.yml")).toMatchObject({ status: 2 });
});
