import { expect, test } from "vitest";
import { proveStart } from "../../../src/inspect/start/prove.ts";
import type { Start } from "../../../src/inspect/start/start.ts";
import { type ElfFileFacts, elfFile } from "../../helpers/elf.ts";
import { filesystemOf, script } from "../../helpers/images.ts";
import { file, type TarMember } from "../../helpers/tar.ts";

const loader = "/lib64/ld-linux-x86-64.so.2";
const executable = { mode: 0o755 };

function elf(path: string, facts: ElfFileFacts = {}): TarMember {
  return file(path, elfFile(facts), executable);
}

const dynamic = { interpreter: loader, dynamic: { needed: ["libx.so.1"], isPie: true } } as const;
const glibc = [
  elf("lib64/ld-linux-x86-64.so.2", {
    dynamic: { soname: "ld-linux-x86-64.so.2", versionDefinitions: ["GLIBC_PRIVATE"] },
    loaderDirectories: ["/lib64"],
  }),
  elf("lib64/libx.so.1", { dynamic: { soname: "libx.so.1" } }),
];

test("a static program starts", async () => {
  expect(await prove([elf("app")])).toEqual({
    verdict: "yes",
    command: ["/app"],
    chain: [{ kind: "program", path: "/app", neededBy: null, needs: "/app", isFound: true }],
    problems: [],
    unproven: [],
    hints: [],
  });
});

test("each program precedes its loader and libraries", async () => {
  const start = await prove([script("app", "/tool"), elf("tool", dynamic), ...glibc]);
  expect(start).toMatchObject({ verdict: "yes", problems: [], unproven: [] });
  expect(start.chain.map(({ kind, path, neededBy }) => [kind, path, neededBy])).toEqual([
    ["script", "/app", null],
    ["interpreter", "/tool", "/app"],
    ["loader", "/lib64/ld-linux-x86-64.so.2", "/tool"],
    ["library", "/lib64/libx.so.1", "/tool"],
  ]);
});

test("an image does not start if a program on the way lacks something", async () => {
  const start = await prove([script("app", "/tool"), elf("tool", dynamic)]);
  expect(start.verdict).toBe("no");
  expect(start.problems).toEqual([expect.objectContaining({ class: "interpreter-missing", path: "/tool" })]);
});

test("a program for another processor is a problem, and one that only some processors execute is unknown", async () => {
  const arm = await prove([elf("app")], "linux", "arm64");
  expect(arm).toMatchObject({
    verdict: "no",
    problems: [
      {
        class: "wrong-architecture",
        path: "/app",
        needs: "x86-64",
        found: "the image's platform is linux/arm64",
      },
    ],
  });
  const older = await prove([elf("app", { machine: 3, class: 32 })]);
  expect(older).toMatchObject({
    verdict: "unknown",
    problems: [],
    unproven: [expect.stringContaining("/app")],
  });
});

test("the verdict is unknown, unless something is a problem in any case", async () => {
  const members = [elf("bin/env"), elf("bin/sh")];
  const open = await prove(members, "linux", "amd64", ["sh", "-c", "a && b"]);
  expect([open.verdict, open.unproven.length]).toEqual(["unknown", 1]);
  const wrong = await prove(members, "linux", "amd64", ["sh", "-c", "a && b"], "nobody");
  expect([wrong.verdict, wrong.problems[0]?.class, wrong.unproven.length]).toEqual(["no", "user", 1]);
});

test("an image without a command has nothing to start", async () => {
  expect(await prove([elf("app")], "linux", "amd64", [])).toMatchObject({
    verdict: "unknown",
    command: [],
    unproven: [expect.stringMatching(/nothing to start/)],
  });
});

test.for([
  ["windows", "amd64"],
  ["wasip1", "wasm"],
  ["linux", "wasm32"],
])("how programs start on %s/%s is unknown", async ([os = "", architecture = ""]) => {
  expect(await prove([], os, architecture)).toMatchObject({ verdict: "unknown", problems: [], chain: [] });
});

test.for<[volume: string, workingDir: string | null, verdict: string]>([
  ["/srv", null, "unknown"],
  ["/srv/", "/other", "unknown"],
  ["/srv/app", null, "unknown"],
  ["/srv/ap", null, "no"],
  ["/", null, "no"],
])(
  "a program that the volume %s may contain is not proven to be missing",
  async ([volume, workingDir, verdict]) => {
    const config = {
      os: "linux",
      architecture: "amd64",
      entrypoint: ["/srv/app"],
      cmd: null,
      env: [],
      user: null,
    };
    const start = proveStart({ ...config, workingDir, volumes: [volume] }, await filesystemOf([]));
    expect(start.verdict).toBe(verdict);
  },
);

async function prove(
  members: readonly TarMember[],
  os = "linux",
  architecture = "amd64",
  entrypoint: readonly string[] = ["/app"],
  user: string | null = null,
): Promise<Start> {
  const config = { os, architecture, entrypoint, cmd: null, env: [], workingDir: null, user };
  return proveStart(config, await filesystemOf(members));
}
