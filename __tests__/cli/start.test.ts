import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import inspectionSchema from "../../schema/inspection.schema.json" with { type: "json" };
import { runCli } from "../helpers/cli.ts";
import { elfFile } from "../helpers/elf.ts";
import { imageArchive, testImage } from "../helpers/layout.ts";
import { file } from "../helpers/tar.ts";

vi.setConfig({ testTimeout: 60_000 });

// Whether an image starts, as the command says it.

let home: string;
const executable = { mode: 0o755 };
const token = "ghp_16C7e42F292c6912E7710c83aBcDeFgHiJkL";
const dynamic = elfFile({
  interpreter: "/lib64/ld-linux-x86-64.so.2",
  dynamic: { needed: ["libssl.so.3"], isPie: true },
});

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "image-audit-start-"));
  const images = {
    starts: { members: [file("app/server", elfFile(), executable)], Entrypoint: ["/app/server"] },
    lacks: { members: [file("app/server", dynamic, executable)], Entrypoint: ["/app/server"] },
    nothing: { members: [file("data", "x")] },
    secret: { members: [], Entrypoint: [`/${token}`] },
  };
  for (const [name, { members, ...config }] of Object.entries(images)) {
    const image = testImage({ layers: [members], config: { config } });
    await writeFile(join(home, `${name}.tar`), imageArchive("containerd", [image]));
  }
});
afterAll(() => rm(home, { recursive: true }));

const start = (...args: readonly string[]) =>
  runCli(["start", ...args, "--no-reading-store", "--quiet"], {
    cwd: home,
    env: { PATH: process.env["PATH"], HOME: home, TMPDIR: home, TOKEN: token },
  });

test("an image that starts ends with status 0", async () => {
  const { status, stdout, stderr } = await start("./starts.tar");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^\/app\/server\n\n✓ \.\/starts\.tar can start: /);
});

test("an image that cannot start ends with status 1, and says why", async () => {
  const { status, stdout } = await start("./lacks.tar");
  expect(status).toBe(1);
  expect(stdout).toMatch(/^\/app\/server\n {4}\/lib64\/ld-linux-x86-64\.so\.2 => not found\n/);
  expect(stdout).toContain("✗ ./lacks.tar cannot start.");
  expect(stdout).toContain("CGO_ENABLED=0");
});

test("an image without a command is not proven, which is no failure", async () => {
  const { status, stdout } = await start("./nothing.tar");
  expect(status).toBe(0);
  expect(stdout).toContain("? Whether ./nothing.tar can start is not proven.");
});

test("JSON is the proof, as the schema of inspections has it", async () => {
  const ajv = new Ajv2020({ strict: true, schemas: [inspectionSchema] });
  for (const name of ["starts", "lacks", "nothing"]) {
    const { stdout } = await start(`./${name}.tar`, "--format", "json", "--output", `${name}.json`);
    expect(stdout).toBe("");
    const proof = JSON.parse(await readFile(join(home, `${name}.json`), "utf8"));
    const validate = ajv.getSchema("inspection.schema.json#/$defs/start");
    validate?.(proof);
    expect(validate?.errors).toBeNull();
  }
});

test.for<readonly [readonly string[], object]>([
  [["--entrypoint", "server"], { verdict: "no", problems: [{ class: "entrypoint", needs: "server" }] }],
  [["--entrypoint", "./server", "--workdir", "/app"], { verdict: "yes", command: ["./server"] }],
  [["-u", "app"], { verdict: "no", problems: [{ class: "user", needs: "app" }] }],
  [["--user", "1000"], { verdict: "yes" }],
])("%s is as for docker run", async ([args, expected]) => {
  const { stdout, stderr } = await start("./starts.tar", "--format", "json", ...args);
  expect(JSON.parse(stdout), stderr).toMatchObject(expected);
});

test.for(["terminal", "json"])("a secret of the environment is masked, as %s", async (format) => {
  const { status, stdout } = await start("./secret.tar", "--format", format);
  expect(status).toBe(1);
  expect(stdout).toContain("***");
  expect(stdout).not.toContain(token);
});

test("an image that cannot be read ends with status 2", async () => {
  const { status, stderr } = await start("./absent.tar");
  expect(status).toBe(2);
  expect(stderr).toContain("absent.tar");
});
