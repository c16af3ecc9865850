import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type CliOptions, runCli } from "../helpers/cli.ts";
import { imageArchive, testImage } from "../helpers/layout.ts";
import { file } from "../helpers/tar.ts";

vi.setConfig({ testTimeout: 60_000 });

// How to pass images to the command that no engine has.

let home: string;
let env: NodeJS.ProcessEnv;
const one = testImage({ layers: [[file("app", "one")]], tag: "docker.io/library/app:v1" });
const two = testImage({ layers: [[file("app", Buffer.alloc(2000))]], tag: "docker.io/library/app:v2" });

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "image-audit-images-"));
  await chmod(home, 0o755);
  env = { PATH: process.env["PATH"], HOME: home, TMPDIR: home };
  await writeFile(join(home, "one.tar"), imageArchive("containerd", [one]));
  await writeFile(join(home, "two.tar"), imageArchive("containerd", [one, two]));
  await writeFile(join(home, "closed.tar"), imageArchive("containerd", [one]), { mode: 0 });
});
afterAll(() => rm(home, { recursive: true }));

const cli = (args: readonly string[], options: CliOptions = {}) =>
  runCli([...args, "--no-reading-store", "--quiet"], { cwd: home, env, ...options });

/** Runs the command in a shell, as in `cat FILE | image-audit`. */
const inShell = (script: string, args: readonly string[]) =>
  cli(args, { prefix: ["bash", "-c", script, "bash"] });

describe("an archive on standard input", () => {
  test.each([
    ["a slow pipe", '(head -c 3000 two.tar; sleep 0.2; tail -c +3001 two.tar) | gzip -c | "$@"'],
    ["a file", '"$@" < two.tar'],
  ])("is read from %s", async (_, script) => {
    const args = ["inspect", "docker-archive:-:app:v2", "--format", "json"];
    const { status, stdout } = await inShell(script, args);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ size: 2000, digest: two.manifest.digest });
  });

  test("is one side of a comparison, with a named pipe as the other", async () => {
    const script = 'cat one.tar | "$@" --to <(cat one.tar)';
    const { status, stdout } = await inShell(script, ["compare", "-", "--format", "json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "pass",
      images: [{ name: "standard input", head: { size: 3 }, base: { size: 3 } }],
    });
  });

  test.each<readonly [what: string, script: string, args: readonly string[], sentence: RegExp]>([
    ["closed standard input", '"$@" <&-', ["inspect", "-"], /Standard input cannot be read\. It is empty\./],
    [
      "several images",
      'cat two.tar | "$@"',
      ["inspect", "-"],
      /Specify one of them: docker-archive:-:app:v1, docker-archive:-:app:v2/,
    ],
    [
      "both sides",
      'cat one.tar | "$@"',
      ["compare", "-", "--to", "-"],
      /Standard input has been read: only one image/,
    ],
  ])("is refused in a sentence: %s", async (_, script, args, sentence) => {
    const { status, stderr } = await inShell(script, args);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(status).toBe(2);
  });
});

test("a file that the system refuses is not reported as a bug", async () => {
  const isRoot = process.getuid?.() === 0;
  const prefix = isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
  const closed = await cli(["inspect", "./closed.tar"], { prefix });
  expect(closed.stderr).toMatch(
    /^image-audit: \.\/closed\.tar is not accessible to this user: .*\(EACCES\)\. \[file-failed\]\n$/,
  );
  expect(closed.status).toBe(2);
  const nowhere = await cli([], { env: { ...env, TMPDIR: join(home, "nowhere") } });
  expect(nowhere.stderr).not.toMatch(/bug/);
  expect(nowhere.status).toBe(2);
});
