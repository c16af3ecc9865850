import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hostileArchive, hostileLayers, writeEndlessArchive } from "./helpers/hostile.ts";
import { runAction } from "./helpers/runner.ts";

// The bundles as they are installed, on images that were made to keep their reader busy. Each test ends when the run
// does: a signal that is not heard leaves it standing until the test's own time is up.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const kinds = Object.keys(hostileLayers);
const pathOf = (kind: string) => `./${kind.replaceAll(" ", "-")}.tar`;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "image-audit-signals-"));
  await mkdir(join(home, "tmp"));
  for (const kind of kinds) await writeFile(join(home, pathOf(kind)), hostileArchive(kind, "base"));
  await writeEndlessArchive(join(home, "endless.tar"));
});
afterAll(() => rm(home, { recursive: true }));

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
  readonly stdout: string;
}

function start(args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const env = { PATH: process.env["PATH"], HOME: home, TMPDIR: join(home, "tmp") };
  const child = spawn(process.execPath, [resolve("dist/cli.js"), ...args], { cwd: home, env });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
    });
  }
  return { child, ended: once(child, "close").then(([status]) => ({ status, ...said })) };
}

/** The sentence and the status of a run that was cancelled, and nothing left. */
async function expectCancelled({ status, stderr, stdout }: Ended): Promise<void> {
  expect(stderr).toMatch(/^image-audit: The run was cancelled\. \[cancelled\]$/m);
  expect(status, stderr).toBe(2);
  expect(stdout).toBe("");
  expect(await readdir(join(home, "tmp"))).toEqual([]);
}

test.each([
  ["inspect", ["inspect", "./endless.tar"], "SIGINT"],
  ["inspect", ["inspect", "./endless.tar"], "SIGTERM"],
  ["files", ["files", "./endless.tar"], "SIGINT"],
  ["compare, in the base", ["compare", pathOf("many files"), "--to", "./endless.tar"], "SIGTERM"],
  ["compare, in the head", ["compare", "./endless.tar", "--to", pathOf("many files")], "SIGINT"],
] as const)("the reading of a layer of 60 GB is ended: %s", async (_, args, signal) => {
  const { child, ended } = start(args);
  // The first step is announced when signals are listened to.
  await once(child.stderr as NodeJS.ReadableStream, "data");
  child.kill(signal);
  await expectCancelled(await ended);
});

/** In the middle of reading; when all has been read; and a little later, by when it may have come to its end. */
const moments = [
  ["half", "SIGINT"],
  ["whole", "SIGTERM"],
  ["later", "SIGINT"],
] as const;

describe.each(kinds)("a comparison of %s", (kind) => {
  test.each(moments)("is ended when a signal comes: %s, %s", async (moment, signal) => {
    const archive = hostileArchive(kind, "head");
    const { child, ended } = start(["compare", "-", "--to", pathOf(kind), "--no-reading-store"]);
    const { stdin } = child;
    stdin?.on("error", () => {});
    const part = moment === "half" ? archive.subarray(0, archive.length / 2) : archive;
    await new Promise((written) => stdin?.write(part, written));
    if (moment !== "half") stdin?.end();
    if (moment === "later") await new Promise((passed) => setTimeout(passed, 300));
    child.kill(signal);
    const end = await ended;
    // What is over before the signal comes ends as it would, and what is refused is refused.
    const isRefused = end.stderr.includes("[limit-exceeded]");
    if (isRefused || (moment !== "half" && end.status === 0)) return;
    await expectCancelled(end);
  });
});

test.each([
  ["a layer of 60 GB", "./endless.tar", "SIGINT"],
  ["a layer of 60 GB", "./endless.tar", "SIGTERM"],
  ["links through links", pathOf("links through links"), "SIGINT"],
] as const)("ends the action, and leaves nothing: %s, %s", async (_, image, signal) => {
  let main: ChildProcess | undefined;
  await using step = await runAction({
    workspace: home,
    eventName: "push",
    event: { ref: "refs/heads/main", before: "0".repeat(40), after: "1".repeat(40), repository: { default_branch: "main" } },
    inputs: { image, "compare-with": pathOf("many files"), "github-token": "" },
    env: { PATH: process.env["PATH"], HOME: home },
    apiUrl: "http://127.0.0.1:9",
    repository: "owner/name",
    started: (child) => {
      main ??= child;
    },
    begun: (title) => void (title.startsWith("Reading") && main?.kill(signal)),
    beforePost: async (state) => expect(await readdir(state.get("temporary") ?? "")).toEqual([]),
  });
  expect(step.status, step.log).toBe(2);
  expect(step.log).toContain("[cancelled]");
  expect(step.outputs.get("verdict")).toBe("inconclusive");
  expect(await readdir(step.temporary)).toEqual([expect.stringMatching(/^image-audit-report-/)]);
});
