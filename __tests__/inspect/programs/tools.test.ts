import { expect, test } from "vitest";
import { candidatesIn } from "../../../src/inspect/candidates.ts";
import { pathDirectories } from "../../../src/inspect/path-directories.ts";
import { findBuildTools } from "../../../src/inspect/programs/tools.ts";
import { withUses } from "../../../src/inspect/used-tools.ts";
import { filesystemOf, program, script } from "../../helpers/images.ts";
import { buildTool, shell, startOf } from "../../helpers/inspection.ts";
import { file, hardlink, symlink, type TarMember } from "../../helpers/tar.ts";

async function toolsOf(...members: readonly TarMember[]): Promise<readonly string[]> {
  return toolsWith([], ...members);
}

async function toolsWith(
  env: readonly string[],
  ...members: readonly TarMember[]
): Promise<readonly string[]> {
  const filesystem = await filesystemOf(members);
  const searched = pathDirectories(env, filesystem);
  return findBuildTools(filesystem, candidatesIn(filesystem), searched).map(
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

test("a script is a tool only where programs are called by name", async () => {
  expect(
    await toolsOf(
      script("usr/share/go-1.19/src/cmd/go/testdata/failssh/ssh", "/bin/sh"),
      script("opt/lib/composer.phar", "/usr/bin/env php"),
      symlink("opt/composer", "lib/composer.phar"),
      script("opt/maven/mvn", "/bin/sh"),
      symlink("usr/local/bin/mvn", "/opt/maven/mvn"),
      script("opt/conda/condabin/conda", "/bin/sh"),
      script("srv/node_modules/.bin/yarn", "/usr/bin/env node"),
      program("opt/tools/curl"),
      program("usr/lib/ccache-4"),
      symlink("usr/lib/ccache/gcc", "../ccache-4"),
      script("opt/pip/pip", "/usr/bin/python3"),
      hardlink("usr/bin/pip", "opt/pip/pip", { mode: 0o755 }),
    ),
  ).toEqual([
    "/opt/conda/condabin/conda conda package-manager",
    "/opt/tools/curl curl fetcher",
    "/srv/node_modules/.bin/yarn yarn package-manager",
    "/usr/bin/pip pip package-manager",
    "/usr/lib/ccache/gcc gcc compiler",
    "/usr/local/bin/mvn mvn package-manager",
  ]);
});

test("a script is a tool in any directory of PATH, links followed", async () => {
  const members = [
    script("opt/composer-2/composer", "/usr/bin/env php"),
    symlink("opt/composer", "composer-2"),
    script("mvn", "/bin/sh"),
    script("work/gradle", "/bin/sh"),
  ];
  expect(await toolsWith(["PATH=/usr/bin:/opt/composer/:work:/"], ...members)).toEqual([
    "/mvn mvn package-manager",
    "/opt/composer-2/composer composer package-manager",
  ]);
  expect(await toolsWith(["PATH=/opt/composer", "PATH=/usr/bin"], ...members)).toEqual([]);
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
