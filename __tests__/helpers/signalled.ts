import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostileArchive, writeEndlessArchive } from "./hostile.ts";

// The bundles as they are installed, on images that were made to keep their reader busy. Each test ends when the run
// does: a signal that is not heard leaves it standing until the test's own time is up.

/** A directory of hostile images that runs are started in. */
export interface Signalled {
  readonly home: string;
  pathOf(kind: string): string;
  start(args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> };
  /** The sentence and the status of a run that was cancelled, and nothing left. */
  expectCancelled(ended: Ended): Promise<void>;
}

export interface Ended {
  readonly status: number | null;
  readonly stderr: string;
  readonly stdout: string;
}

/** Makes the images before the tests of a file, and removes them afterwards. @param kinds of hostile layers */
export function signalled(kinds: readonly string[]): Signalled {
  let home = "";
  const pathOf = (kind: string) => `./${kind.replaceAll(" ", "-")}.tar`;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "image-audit-signals-"));
    await mkdir(join(home, "tmp"));
    for (const kind of kinds) await writeFile(join(home, pathOf(kind)), hostileArchive(kind, "base"));
    await writeEndlessArchive(join(home, "endless.tar"));
  }, 120_000);
  afterAll(() => rm(home, { recursive: true }));
  return {
    get home() {
      return home;
    },
    pathOf,
    start(args) {
      const env = { PATH: process.env["PATH"], HOME: home, TMPDIR: join(home, "tmp") };
      const child = spawn(process.execPath, [resolve("dist/cli.js"), ...args], { cwd: home, env });
      const said = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const) {
        child[name].setEncoding("utf8").on("data", (text: string) => {
          said[name] += text;
        });
      }
      return { child, ended: once(child, "close").then(([status]) => ({ status, ...said })) };
    },
    async expectCancelled({ status, stderr, stdout }) {
      expect(stderr).toMatch(/^image-audit: The run was cancelled\. \[cancelled\]$/m);
      expect(status, stderr).toBe(2);
      expect(stdout).toBe("");
      expect(await readdir(join(home, "tmp"))).toEqual([]);
    },
  };
}

/** In the middle of reading; when all has been read; and a little later, by when it may have come to its end. */
const moments = [
  ["half", "SIGINT"],
  ["whole", "SIGTERM"],
  ["later", "SIGINT"],
] as const;

/** Tests that a comparison of each kind ends when a signal comes. */
export function endsOnSignals(kinds: readonly string[]): void {
  const at = signalled(kinds);
  describe.each(kinds)("a comparison of %s", (kind) => {
    test.each(moments)("is ended when a signal comes: %s, %s", async (moment, signal) => {
      const archive = hostileArchive(kind, "head");
      const { child, ended } = at.start(["compare", "-", "--to", at.pathOf(kind), "--no-reading-store"]);
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
      await at.expectCancelled(end);
    });
  });
}
