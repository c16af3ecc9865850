import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { deflateSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { canInstall, findProgram, installMissing } from "../../../tools/engine/apt.ts";
import { run } from "../../../tools/engine/run.ts";
import { listed } from "../../helpers/package-records.ts";

// Compares what is read of real installations, programs and archives with what their own tools list.

const repository = join(import.meta.dirname, "../../..");
const temporary = await mkdtempDisposable(join(tmpdir(), "packages-"));
const environment = join(temporary.path, "venv");

beforeAll(async () => {
  if (canInstall()) await installMissing({ unzip: "unzip", objcopy: "binutils" });
  await run("python3", ["-m", "venv", environment]);
  const pip = join(environment, "bin/pip");
  await run(pip, ["install", "--quiet", "flask", "zope.interface", "setuptools>=75", "PyYAML"]);
  // Wheels with jars in them.
  await run(pip, ["install", "--quiet", "--no-deps", "tabula-py==2.9.3", "konlpy==0.6.0"]);
  return () => temporary.remove();
}, 300_000);

/** Returns the files below a directory. It follows links, so that a link to a part of it must not be in it. */
function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function read(path: string, root: string): Promise<readonly string[]> {
  return (await listed(relative(root, path), readFileSync(path))) ?? [];
}

test("pip lists the same packages, without those that setuptools has in itself", async () => {
  const metadata = filesIn(join(environment, "lib")).filter((path) =>
    /METADATA$|PKG-INFO$|egg-info$/.test(path),
  );
  const found = await Promise.all(metadata.map((path) => read(path, environment)));
  const answer = await run(join(environment, "bin/pip"), ["list", "--format", "json"]);
  const packages: { name: string; version: string }[] = JSON.parse(answer);
  expect(found.flat().sort()).toEqual(packages.map(({ name, version }) => `${name} ${version}`).sort());
  expect(metadata.length).toBeGreaterThan(packages.length);
});

test("npm lists the same packages in this repository", async () => {
  const manifests = filesIn(join(repository, "node_modules")).filter((path) => path.endsWith("package.json"));
  const found: string[] = [];
  for (const path of manifests)
    for (const name of await read(path, repository))
      found.push(`${path.slice(0, -"/package.json".length)}:${name}`);
  const answer = await run("npm", ["ls", "--all", "--parseable", "--long"], { cwd: repository });
  const listedByNpm = answer
    .trim()
    .split("\n")
    .map((line) => line.split(":").slice(0, 2))
    .map(([path = "", name = ""]) => `${path}:${name.replace(/@([^@]*)$/, " $1")}`)
    .filter((line) => line.includes("/node_modules/"));
  expect(found.sort()).toEqual(listedByNpm.sort());
  expect(manifests.length).toBeGreaterThan(found.length);
});

/** Go programs of npm packages by the version of Go that built them: 1.15, 1.17 and 1.19. */
const esbuild = { "esbuild-linux-64": ["0.8.0", "0.14.0"], "@esbuild/linux-x64": ["0.17.0"] };

describe.runIf(findProgram("go") !== null)("go version -m prints the same", () => {
  test("of programs of old and new versions of Go", async () => {
    const directory = join(temporary.path, "esbuild");
    await mkdir(directory);
    const names = Object.entries(esbuild).flatMap(([name, versions]) =>
      versions.map((version) => `${name}@${version}`),
    );
    const archives = await run("npm", ["pack", "--silent", ...names], { cwd: directory });
    for (const archive of archives.trim().split("\n")) {
      await run("tar", ["-xzf", archive], { cwd: directory });
      await compare(join(directory, "package/bin/esbuild"));
    }
    const root = (await run("go", ["env", "GOROOT"])).trim();
    for (const name of ["go", "gofmt"]) await compare(join(root, "bin", name));
  }, 300_000);

  test.each(["-buildmode=exe", "-ldflags=-s -w", "-ldflags=-linkmode=external", "-buildmode=pie"])(
    "of a program with replaced modules, built with %s",
    async (flag) => {
      await using work = await mkdtempDisposable(join(tmpdir(), "go-modules-"));
      const files = {
        "go.mod": `module example.com/Main
go 1.21
require (
  example.com/local v1.0.0
  golang.org/x/text v0.14.0
)
replace example.com/local => ./local
replace golang.org/x/text => golang.org/x/text v0.15.0
`,
        "main.go": `package main
import ("example.com/local"; "golang.org/x/text/language")
func main() { println(local.Name, language.English.String()) }
`,
        "local/go.mod": "module example.com/local\n",
        "local/local.go": `package local\nconst Name = "local"\n`,
      };
      await mkdir(join(work.path, "local"));
      for (const [name, text] of Object.entries(files)) await writeFile(join(work.path, name), text);
      await run("go", ["mod", "tidy"], { cwd: work.path });
      const program = join(work.path, "program");
      await run("go", ["build", flag, "-o", program, "."], { cwd: work.path });
      const modules = await compare(program);
      expect(modules).toContain("golang.org/x/text v0.15.0");
      expect(modules).toContain("example.com/local (devel)");
    },
    300_000,
  );

  async function compare(program: string): Promise<readonly string[]> {
    const [first = "", ...lines] = (await run("go", ["version", "-m", program])).trimEnd().split("\n");
    const expected = [`stdlib ${/: go(\S+)/.exec(first)?.[1]}`];
    for (const line of lines) {
      const [, kind, path = "", version = ""] = line.split("\t");
      if (kind === "mod" || kind === "dep") expected.push(`${path} ${version}`);
      if (kind !== "=>") continue;
      const replaced = expected.pop()?.split(" ")[0];
      expected.push(path.startsWith("./") ? `${replaced} (devel)` : `${path} ${version}`);
    }
    expect(await listed("program", readFileSync(program))).toEqual(expected);
    return expected;
  }
});

describe.runIf(findProgram("unzip") !== null)("unzip finds the same coordinates", () => {
  test("in jars of wheels, and in fat jars of them", async () => {
    const jars = filesIn(join(environment, "lib")).filter((path) => path.endsWith(".jar"));
    expect(jars.length).toBeGreaterThan(8);
    const fat = findProgram("jar") === null ? [] : await fatJars(jars);
    let coordinates = 0;
    for (const path of [...jars, ...fat]) {
      const found = (await listed(path, readFileSync(path))) ?? [];
      const expected = await unzipped(path);
      expect(found.filter((name) => name.includes(":")).sort()).toEqual([...new Set(expected)].sort());
      coordinates += expected.length;
    }
    expect(coordinates).toBeGreaterThan(10);
  }, 300_000);

  /** Archives of jars, stored and compressed. */
  async function fatJars(jars: readonly string[]): Promise<readonly string[]> {
    const directory = join(temporary.path, "fat");
    await mkdir(join(directory, "BOOT-INF/lib"), { recursive: true });
    for (const path of jars) await copyFile(path, join(directory, "BOOT-INF/lib", basename(path)));
    for (const [name, flags] of Object.entries({ "stored.jar": "cf0", "compressed.war": "cf" }))
      await run("jar", [flags, name, "BOOT-INF"], { cwd: directory });
    return [join(directory, "stored.jar"), join(directory, "compressed.war")];
  }

  async function unzipped(path: string): Promise<readonly string[]> {
    const names = (await run("unzip", ["-Z1", path])).trim().split("\n");
    const found: string[] = [];
    for (const name of names.filter((name) => /^META-INF\/maven\/.*pom\.properties$/.test(name))) {
      const text = await run("unzip", ["-p", path, name]);
      const value = (key: string) => new RegExp(`^${key}=(.*?)\r?$`, "m").exec(text)?.[1];
      found.push(`${value("groupId")}:${value("artifactId")} ${value("version")}`);
    }
    const archives = names.filter((name) => name.endsWith(".jar"));
    if (archives.length === 0) return found;
    await using inside = await mkdtempDisposable(join(tmpdir(), "jar-"));
    await run("unzip", ["-q", path, ...archives, "-d", inside.path]);
    for (const name of archives) found.push(...(await unzipped(join(inside.path, name))));
    return found;
  }
});

test.runIf(findProgram("objcopy") !== null)("reads crates in a section that binutils adds", async () => {
  const crates = [{ name: "serde", version: "1.0.1", source: "crates.io" }];
  const section = join(temporary.path, "crates");
  const program = join(temporary.path, "program");
  await writeFile(section, deflateSync(Buffer.from(JSON.stringify({ packages: crates }))));
  for (const path of ["/bin/ls", process.execPath]) {
    await run("objcopy", ["--add-section", `.dep-v0=${section}`, path, program]);
    expect(await listed("program", readFileSync(program))).toEqual(["serde 1.0.1"]);
  }
});
