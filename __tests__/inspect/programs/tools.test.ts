import { expect, test } from "vitest";
import { candidatesIn } from "../../../src/inspect/candidates.ts";
import { findBuildTools } from "../../../src/inspect/programs/tools.ts";
import { withUses } from "../../../src/inspect/used-tools.ts";
import { filesystemOf, program, script } from "../../helpers/images.ts";
import { buildTool, shell, startOf } from "../../helpers/inspection.ts";
import { file, hardlink, symlink, type TarMember } from "../../helpers/tar.ts";

async function toolsOf(...members: readonly TarMember[]): Promise<readonly string[]> {
  const filesystem = await filesystemOf(members);
  return findBuildTools(filesystem, candidatesIn(filesystem)).map(
    ({ path, name, kind }) => `${path} ${name} ${kind}`,
  );
}

test("finds tools by name, with versions and targets, and links to files of other names", async () => {
  expect(
    await toolsOf(
      script("opt/venv/bin/pip3.11", "/opt/venv/bin/python"),
      script("usr/lib/node_modules/npm/bin/npm-cli.js", "/usr/bin/env node"),
      symlink("usr/bin/npm", "../lib/node_modules/npm/bin/npm-cli.js"),
      program("usr/bin/x86_64-linux-gnu-gcc-12"),
      symlink("usr/bin/gcc-12", "x86_64-linux-gnu-gcc-12"),
      symlink("usr/bin/gcc", "gcc-12"),
      program("usr/bin/git"),
      hardlink("usr/lib/git-core/git", "usr/bin/git", { mode: 0o755 }),
      program("usr/bin/make"),
      program("usr/bin/curl"),
      program("bin/busybox"),
      symlink("usr/bin/wget", "/bin/busybox"),
      program("usr/bin/python3.13"),
      symlink("usr/bin/python3", "python3.13"),
    ),
  ).toEqual([
    "/opt/venv/bin/pip3.11 pip package-manager",
    "/usr/bin/curl curl fetcher",
    "/usr/bin/git git version-control",
    "/usr/bin/make make build-system",
    "/usr/bin/npm npm package-manager",
    "/usr/bin/python3.13 python interpreter",
    "/usr/bin/wget wget fetcher",
    "/usr/bin/x86_64-linux-gnu-gcc-12 gcc compiler",
  ]);
});

test("what cannot be executed is no tool, nor is a name that only looks like one", async () => {
  expect(
    await toolsOf(
      file("usr/share/bash-completion/completions/make", "text"),
      file("usr/share/doc/yarn", "text", { mode: 0o755 }),
      program("usr/bin/github"),
      program("usr/bin/make-ssl-cert"),
      program("usr/bin/x-linux-y-z-gcc-12-wrapper"),
      symlink("usr/bin/gcc", "nowhere"),
      program("usr/bin/gcc\n"),
    ),
  ).toEqual([]);
});

test.each([
  [{ entrypoint: ["npm", "start"] }, [], true],
  [{ healthcheck: ["CMD-SHELL", "curl -f http://localhost/npm || exit 1"] }, [], true],
  [{ cmd: ["/app"] }, [], false],
  [{ cmd: ["/bin/sh", "-c", "./run"] }, [shell("/calculator")], null],
])("whether the image uses npm with %o", (given, shells, isUsed) => {
  const config = { entrypoint: null, cmd: null, healthcheck: null, ...given };
  const [tool] = withUses([buildTool("/usr/bin/npm")], { config, start: startOf("yes"), shells });
  expect(tool?.isUsed).toBe(isUsed);
});

test("a command that is not known may use any tool", () => {
  const config = { entrypoint: null, cmd: null, healthcheck: null };
  const [tool] = withUses([buildTool("/usr/bin/npm")], { config, start: startOf("unknown"), shells: [] });
  expect(tool?.isUsed).toBeNull();
});
