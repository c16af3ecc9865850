import { expect, test } from "vitest";
import { proveStart } from "../../../src/inspect/start/prove.ts";
import type { Start } from "../../../src/inspect/start/start.ts";
import { type ElfFileFacts, elfFile } from "../../helpers/elf.ts";
import { filesystemOf, script } from "../../helpers/images.ts";
import { capabilitiesRecord, directory, file, type TarMember } from "../../helpers/tar.ts";

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

test.for<
  [capabilities: readonly number[], isEffective: boolean, unproven: string | null, hint: string | null]
>([
  [[10, 13], true, null, "(NET_BIND_SERVICE, NET_RAW): Linux refuses"],
  [[10, 14, 40], true, "starts only with --cap-add=IPC_LOCK --cap-add=CHECKPOINT_RESTORE.", null],
  [[14], false, null, null],
])("capabilities %j of a program decide where it starts", async ([numbers, isEffective, unproven, hint]) => {
  const pax = capabilitiesRecord(numbers, isEffective);
  const start = await prove([file("app", elfFile({}), { ...executable, pax })]);
  expect(start.verdict).toBe(unproven === null ? "yes" : "unknown");
  expect(start.unproven).toEqual(unproven === null ? [] : [expect.stringContaining(unproven)]);
  expect(start.hints).toEqual(hint === null ? [] : [expect.stringContaining(hint)]);
});

test("damaged capabilities leave the start unknown", async () => {
  const pax = { "SCHILY.xattr.security.capability": "x" };
  const start = await prove([file("app", elfFile({}), { ...executable, pax })]);
  expect([start.verdict, start.unproven]).toEqual(["unknown", [expect.stringContaining("are damaged")]]);
});

test.for<[user: string | null, capabilities: readonly number[], isEffective: boolean, verdict: string]>([
  ["1000", [10], false, "no"],
  ["1000", [], true, "no"],
  ["1000", [], false, "yes"],
  ["1000", [14], false, "yes"],
  [null, [10], false, "yes"],
])(
  "user %s loses LD_LIBRARY_PATH with capabilities %j: %s",
  async ([user, numbers, isEffective, verdict]) => {
    const [loader = elf(""), library = elf("")] = glibc;
    const start = await prove(
      [
        file("app", elfFile(dynamic), { ...executable, pax: capabilitiesRecord(numbers, isEffective) }),
        loader,
        { ...library, path: "opt/libx.so.1" },
      ],
      "linux",
      "amd64",
      ["/app"],
      user,
      ["LD_LIBRARY_PATH=/opt"],
    );
    expect(start.verdict).toBe(verdict);
  },
);

test.for([
  ["1000", "run.sh"],
  ["1000", "lib64/libx.so.1"],
  ["1000", "lib64"],
])("an access control list leaves the start by user %s unknown: /%s", async ([user = "", listed]) => {
  const pax = { "SCHILY.xattr.system.posix_acl_access": "x" };
  const members = [directory("lib64"), script("run.sh", "/app"), elf("app", dynamic), ...glibc].map(
    (member) => (member.path === listed ? { ...member, mode: 0o750, pax } : member),
  );
  const start = await prove(members, "linux", "amd64", ["/run.sh"], user);
  expect(start).toMatchObject({
    verdict: "unknown",
    problems: [],
    unproven: [`An access control list decides who may use /${listed}, and it was not read.`],
  });
  expect(await prove(members, "linux", "amd64", ["/run.sh"])).toMatchObject({ verdict: "yes", unproven: [] });
});

test("a file that the loader preloads is kept in readings", async () => {
  const start = await prove([elf("app", dynamic), ...glibc, file("etc/ld.so.preload", "libgone.so\n")]);
  expect(start).toMatchObject({
    verdict: "yes",
    unproven: [],
    hints: ["The loader cannot preload libgone.so, and prints a warning."],
  });
});

async function prove(
  members: readonly TarMember[],
  os = "linux",
  architecture = "amd64",
  entrypoint: readonly string[] = ["/app"],
  user: string | null = null,
  env: readonly string[] = [],
): Promise<Start> {
  const config = { os, architecture, entrypoint, cmd: null, env, workingDir: null, user };
  return proveStart(config, await filesystemOf(members));
}
