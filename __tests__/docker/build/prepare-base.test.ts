import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { prepareBase } from "../../../src/docker/build/prepare-base.ts";
import { maskOf } from "../../../src/secrecy/mask.ts";
import { workspace } from "../../helpers/workspace.ts";

async function prepare(
  command: string,
  directory: string,
  env: NodeJS.ProcessEnv = {},
  abort?: AbortController,
) {
  const log: string[] = [];
  await prepareBase(command, directory, {
    env: { PATH: process.env.PATH, ...env },
    log: (line) => {
      log.push(line);
      if (line === "started") abort?.abort();
    },
    signal: abort?.signal,
  });
  return log;
}

test("the command runs in the base's directory, and its output is shown sanitized", async () => {
  await using tree = await workspace();
  const log = await prepare("pwd\necho made > file\necho '##[add-mask]x' >&2\necho ::error::y", tree.path);
  expect(log.toSorted()).toEqual(["## [add-mask]x", tree.path, ": :error::y"].toSorted());
  expect(await readFile(join(tree.path, "file"), "utf8")).toBe("made\n");
});

test.each([
  ["false\necho further", "exit code 1"],
  ["false | cat", "exit code 1"],
  ["exit 7", "exit code 7"],
  ["kill -9 $$", "was killed"],
])("%j fails like a workflow step", async (command, how) => {
  await using tree = await workspace();
  const failing = prepare(command, tree.path);
  await expect(failing).rejects.toMatchObject({ code: "base-prepare-failed" });
  await expect(failing).rejects.toThrow(how);
});

test("a failure has the last lines", async () => {
  await using tree = await workspace();
  await expect(prepare("seq 100; exit 1", tree.path)).rejects.toThrow(
    /Its last lines:\n {2}81\n[\s\S]*\n {2}100$/,
  );
});

test("the command has a step's environment, without inputs, runtime token or our output files", async () => {
  await using tree = await workspace();
  const env = {
    INPUT_TOKEN: "canary",
    ACTIONS_RUNTIME_TOKEN: "canary",
    GITHUB_OUTPUT: "canary",
    GITHUB_WORKSPACE: "canary",
    CI: "true",
    GITHUB_SHA: "abc",
  };
  const log = await prepare("env", tree.path, env);
  expect(log).toEqual(expect.arrayContaining(["CI=true", "GITHUB_SHA=abc", `GITHUB_WORKSPACE=${tree.path}`]));
  expect(log.join("\n")).not.toContain("canary");
});

test("cancelling ends a command and all its children", async () => {
  await using tree = await workspace();
  const command = 'sleep 600 & echo $! >child; trap "" TERM; echo started; sleep 600';
  const preparing = prepare(command, tree.path, {}, new AbortController());
  await expect(preparing).rejects.toMatchObject({ code: "cancelled" });
  const pid = Number(await readFile(join(tree.path, "child"), "utf8"));
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
});

test("does not wait for an escaped process of a cancelled command that keeps the pipes open", async () => {
  await using tree = await workspace();
  const command = "setsid sh -c 'echo $$ >child; echo started; exec sleep 600' & wait";
  const preparing = prepare(command, tree.path, {}, new AbortController());
  await expect(preparing).rejects.toMatchObject({ code: "cancelled" });
  process.kill(Number(await readFile(join(tree.path, "child"), "utf8")));
});

test("cancelling ends processes that ignore signals before the run continues", async () => {
  await using tree = await workspace();
  const command = `bash -c 'trap "" TERM; echo $$ >child; while :; do sleep 1; done' >/dev/null 2>&1 & while ! [ -s child ]; do sleep 0.1; done; echo started; wait`;
  const preparing = prepare(command, tree.path, {}, new AbortController());
  await expect(preparing).rejects.toMatchObject({ code: "cancelled" });
  expect(await isRunning(Number(await readFile(join(tree.path, "child"), "utf8")))).toBe(false);
});

async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "State:\tZ");
  // The process has ended, but its new parent has not waited for it yet.
  return !/State:\s+Z/.test(status);
}

test("masks secrets in the command's output, also across lines, and in the failure", async () => {
  await using place = await workspace();
  const key = "-----BEGIN-----\nab\ncd\n-----END-----";
  const mask = maskOf([{ value: Buffer.from(key), kind: "secret" }]);
  const lines: string[] = [];
  const run = prepareBase('echo "the $KEY key"; echo "the $KEY key" >&2; exit 4', place.path, {
    env: { ...process.env, KEY: key },
    log: (line) => lines.push(line),
    mask,
  });
  await expect(run).rejects.toThrow(/exit code 4\. Its last lines:\n {2}the \*\*\* key\n {2}the \*\*\* key$/);
  expect(lines).toEqual(["the *** key", "the *** key"]);
});
