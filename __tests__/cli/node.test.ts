import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import type { failureCodes } from "../../src/failure.ts";

// Runs dist/cli.js on a Node that is too old for the rest of the bundle.

const entry = resolve(packageJson.bin["image-audit"]);
const oldest = Number(/^>=(\d+)$/.exec(packageJson.engines.node)?.[1]);

function run(
  node: string,
  args: readonly string[],
): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(node, args, (error, stdout, stderr) =>
      done({ status: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

function expectTold({ status, stdout, stderr }: Awaited<ReturnType<typeof run>>, version: string): void {
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  const code = "node-unsupported" satisfies keyof typeof failureCodes;
  expect(stderr).toBe(
    `image-audit: This is Node ${version}, but image-audit needs Node ${oldest} or newer. Install it from https://nodejs.org, or put it first in PATH. [${code}]\n`,
  );
}

test.each(["12.22.12", "18.20.8", "20.20.2", "23.11.1"])(
  "Node %s reports the required version",
  async (version) => {
    const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;
    const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
    expectTold(await run(process.execPath, ["--import", preload, entry, "--help"]), version);
  },
);

test("every old Node of this machine reports the required version", async () => {
  for (const node of (await run("which", ["-a", "node"])).stdout.split("\n").filter((path) => path !== "")) {
    const version = (await run(node, ["--version"])).stdout.trim().slice(1);
    if (Number.parseInt(version, 10) < oldest) expectTold(await run(node, [entry]), version);
  }
});

test("an old Node can parse the entry, which imports the rest only on a new Node", async () => {
  const text = await readFile(entry, "utf8");
  expect(text.match(/\bimport\b.*/g)).toEqual([expect.stringMatching(/^import\("\.\/program\.js"\)/)]);
  // Newer than ES2019: top-level await, optional chaining, nullish coalescing and assignment, private names,
  // using.
  expect(text).not.toMatch(/\bawait\b|\?\.|\?\?|[|&]{2}=|\busing\b|\bclass\b|\d_\d|\dn\b/);
});

test("the entry runs the command on a new Node, also through a link like npm's", async () => {
  const bin = await mkdtemp(join(tmpdir(), "image-audit-bin-"));
  onTestFinished(() => rm(bin, { recursive: true }));
  await symlink(entry, join(bin, "image-audit"));
  const { status, stdout } = await run(process.execPath, [join(bin, "image-audit"), "--version"]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${packageJson.version}\n` });
});
