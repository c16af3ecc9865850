import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostileArchive, writeEndlessArchive } from "./hostile.ts";

// Runs the bundles, as installed, on images designed to keep their reader busy. Each test waits for its run
// to end. If the run ignores the signal, the test times out.

/** A directory of hostile images, and runs in that directory. */
export interface Signalled {
  readonly home: string;
  pathOf(kind: string): string;
  start(args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> };
  /** Expects the message and the exit status of a cancelled run, and no temporary files. */
  expectCancelled(ended: Ended): Promise<void>;
}

export interface Ended {
  readonly status: number | null;
  readonly stderr: string;
  readonly stdout: string;
}

/**
 * Creates the images before the tests of a file and removes them afterwards. @param kinds names of hostile
 * layers
 */
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
      const output = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const) {
        child[name].setEncoding("utf8").on("data", (text: string) => {
          output[name] += text;
        });
      }
      return { child, ended: once(child, "close").then(([status]) => ({ status, ...output })) };
    },
    async expectCancelled({ status, stderr, stdout }) {
      expect(stderr).toMatch(/^image-audit: The run was cancelled\. \[cancelled\]$/m);
      expect(status, stderr).toBe(2);
      expect(stdout).toBe("");
      expect(await readdir(join(home, "tmp"))).toEqual([]);
    },
  };
}

/**
 * When to send which signal: while reading, when all has been read, and a little later, when the run may be
 * over.
 */
const moments = [
  ["half", "SIGINT"],
  ["whole", "SIGTERM"],
  ["later", "SIGINT"],
] as const;

/** Tests that a signal ends a comparison of each kind. */
export function endsOnSignals(kinds: readonly string[]): void {
  const at = signalled(kinds);
  describe.each(kinds)("a comparison of %s", (kind) => {
    test.each(moments)("ends on a signal: %s, %s", async (moment, signal) => {
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
      // A run that is over before the signal arrives ends normally, or refuses the image.
      const isRefused = end.stderr.includes("[limit-exceeded]");
      if (isRefused || (moment !== "half" && end.status === 0)) return;
      await at.expectCancelled(end);
    });
  });
}
