import { copyFileSync, existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareVersions } from "../../../src/inspect/packages/version-order.ts";
import { run, succeeds } from "../../../tools/engine/run.ts";
import { debianRoot } from "../../helpers/debian-root.ts";
import { packagesIn } from "../../helpers/package-records.ts";
import { buildDeb, rpmSpec } from "../../helpers/tiny-packages.ts";

// dpkg and rpm themselves say what is installed in roots that they made.

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "image-audit-packages-"));
});
afterAll(() => rm(home, { recursive: true }));

/** Lists what a record says, as the queries below do. */
async function recorded(path: string, file: string): Promise<readonly string[]> {
  const [records] = (await packagesIn(path, await readFile(file))) ?? [];
  expect(records?.unread).toBeUndefined();
  return (records?.packages ?? [])
    .map(
      ({ name, version, architecture, size }) =>
        `${name} ${version} ${architecture ?? "(none)"} ${size ?? ""}`,
    )
    .sort();
}

describe("dpkg", () => {
  const query = [
    "--show",
    "--showformat",
    "${db:Status-Status} ${Package} ${Version} ${Architecture} ${Installed-Size}\n",
  ];
  const statusOf = (root: string) => join(root, "var/lib/dpkg/status");

  async function installed(root: string): Promise<readonly string[]> {
    const shown = await run("dpkg-query", [`--admindir=${join(root, "var/lib/dpkg")}`, ...query]);
    return shown
      .split("\n")
      .map((line) => line.split(" "))
      .filter(([state]) => state !== "" && state !== "config-files" && state !== "not-installed")
      .map(
        ([, name, version, architecture, size]) =>
          `${name} ${version} ${architecture} ${size === "" ? "" : Number(size) * 1024}`,
      )
      .sort();
  }

  async function emptyRoot(name: string): Promise<string> {
    const root = join(home, name);
    for (const directory of ["info", "updates", "triggers"])
      await mkdir(join(root, "var/lib/dpkg", directory), { recursive: true });
    await writeFile(statusOf(root), "");
    return root;
  }

  test("lists the same packages in ten roots, in every state", { timeout: 300_000 }, async () => {
    const names = ["a", "libb", "c++", "d.e", "f-g", "h1"];
    const archives = join(home, "debs");
    await mkdir(archives);
    const build = (
      name: string,
      index: number,
      options: { isBroken?: boolean; architecture?: string } = {},
    ) =>
      buildDeb(archives, {
        name: `${name}-x`,
        version: `${index % 2 === 0 ? "1:" : ""}${index}.0~rc1-1+b${index}`,
        architecture: "all",
        ...options,
      });
    const good = await Promise.all(names.map((name, index) => build(name, index)));
    const newer = await Promise.all(names.map((name, index) => build(name, index + 10)));
    const broken = await Promise.all(names.map((name, index) => build(name, index + 20, { isBroken: true })));
    const i386 = await build("a", 30, { architecture: "i386" });
    const s390x = await build("a", 30, { architecture: "s390x" });
    const states = new Set<string>();
    for (let seed = 0; seed < 10; seed++) {
      const root = await emptyRoot(`dpkg-${seed}`);
      const pick = <Item>(items: readonly Item[], bit: number) =>
        items.filter((_, index) => (seed * 7 + 3 * index + bit) % 4 < 2);
      const dpkg = (...args: readonly string[]) =>
        succeeds(
          "dpkg",
          [`--root=${root}`, "--force-all", "--force-script-chrootless", "--log=/dev/null", ...args],
          {
            env: { ...process.env, DPKG_FORCE: "all" },
          },
        );
      await dpkg("--install", ...pick(good, 0));
      await dpkg("--install", ...pick(newer, 1));
      await dpkg("--unpack", ...pick(good, 2));
      await dpkg("--install", ...pick(broken, 3).slice(0, 2));
      await dpkg(
        "--remove",
        ...pick(names, 0)
          .slice(0, 2)
          .map((name) => `${name}-x`),
      );
      await dpkg(
        "--purge",
        ...pick(names, 1)
          .slice(0, 1)
          .map((name) => `${name}-x`),
      );
      if (seed % 3 === 0) {
        await dpkg("--purge", "a-x");
        for (const architecture of ["i386", "s390x"]) await dpkg("--add-architecture", architecture);
        await dpkg("--unpack", i386, s390x);
      }
      for (const line of (await readFile(statusOf(root), "utf8")).matchAll(/^Status: (.*)$/gm))
        states.add(line[1] ?? "");
      const expected = await installed(root);
      expect(await recorded("var/lib/dpkg/status", statusOf(root)), root).toEqual(expected);
    }
    expect([...states].sort()).toEqual(
      expect.arrayContaining([
        "deinstall ok config-files",
        "install ok half-configured",
        "install ok installed",
        "install ok unpacked",
      ]),
    );
  });

  test.runIf(existsSync("/var/lib/dpkg/status"))("lists the same packages on this machine", async () => {
    expect(await recorded("var/lib/dpkg/status", "/var/lib/dpkg/status")).toEqual(await installed("/"));
  });

  const one =
    "Package: x\nStatus: install ok installed\nMaintainer: m\nArchitecture: all\nVersion: 1\nDescription: d\n";

  test.each([
    one,
    `${one}\n`,
    `\n\n${one}\n\n\n`,
    one.trimEnd(),
    one.toUpperCase().replace("ALL", "all"),
    one.replace("Package:", "PACKAGE :"),
    one.replaceAll(": ", ":\t "),
    one.replace("Version: 1", "Version: 1  "),
    one.replace("Description: d", "Description: d\n more\n\tVersion: 7\n ."),
    one.replace("Version: 1", "Version: 1\nVersion: 2"),
    one.replace("Version: 1\n", ""),
    one.replace("Status: install ok installed\n", ""),
    one.replace("installed", "eaten"),
    one.replace("Package: x\n", ""),
    `${one}no field\n`,
    `${one}\n${one.replace("1", "2")}`,
    `${one}\n${one.replace("install ok installed", "deinstall ok config-files")}`,
    `${one}\n${one.replace("install ok installed", "purge ok not-installed")}`,
    one.replace("install ok", "hold reinstreq"),
    one.slice(0, 40),
  ])("reads %j as dpkg does, or says that it did not", async (text) => {
    const root = await emptyRoot(`text-${Math.random()}`);
    await writeFile(statusOf(root), text);
    const expected = await installed(root).catch(() => null);
    const [records] = (await packagesIn("var/lib/dpkg/status", text)) ?? [];
    const names = records?.packages.map(({ name, version }) => `${name} ${version}`) ?? [];
    if (records?.unread === undefined)
      expect(names).toEqual(expected?.map((line) => line.split(" ", 2).join(" ")));
    else expect(expected, records.unread).toBeNull();
  });

  test("orders versions as dpkg does", async () => {
    const versions = [
      "1.0",
      "1.0-1",
      "1.0~rc1",
      "1.0~~",
      "1.0+b1",
      "1.0a",
      "1.0.1",
      "1:0",
      "0:1.0",
      "1.00",
      "1.0-0",
      "2~",
      "1.0-1+deb12u2",
      "1.0-1+deb12u10",
    ];
    for (const [index, a] of versions.entries()) {
      const wrong: string[] = [];
      for (const b of versions.slice(index)) {
        const order = compareVersions("deb", a, b) ?? Number.NaN;
        const operator = order < 0 ? "lt" : order > 0 ? "gt" : "eq";
        if (!(await succeeds("dpkg", ["--compare-versions", a, operator, b])))
          wrong.push(`${a} ${operator} ${b}`);
      }
      expect(wrong).toEqual([]);
    }
  });
});

describe("rpm", () => {
  let root: string;
  let archives: readonly string[];
  const query = ["--query", "--all", "--queryformat", "%{NAME} %{EVR} %{ARCH} %{LONGSIZE}\n"];

  const rpm = (program: string, ...args: readonly string[]) =>
    run(join(root, "usr/bin", program), args, {
      env: {
        PATH: process.env["PATH"],
        HOME: home,
        RPM_CONFIGDIR: join(root, "usr/lib/rpm"),
        LD_LIBRARY_PATH: ["usr/lib", "lib"].map((path) => join(root, path, "x86_64-linux-gnu")).join(":"),
      },
    });

  beforeAll(async () => {
    root = await debianRoot("rpm", ["rpm"], "amd64");
    const packages = Array.from({ length: 120 }, (_, index) => ({
      name: `p${index % 60}`,
      version: index < 60 ? `1.${index}` : `2.${index}~rc1^git`,
      architecture: "noarch",
      ...(index % 7 === 0 ? { epoch: index % 5 } : {}),
    }));
    for (const [number, part] of [packages.slice(0, 60), packages.slice(60)].entries()) {
      const spec = join(home, `${number}.spec`);
      await writeFile(spec, rpmSpec(part));
      await rpm("rpmbuild", "-bb", "--define", `_topdir ${home}/rpms`, "--define", `_tmppath ${home}`, spec);
    }
    const directory = join(home, "rpms/RPMS/noarch");
    archives = (await readdir(directory)).sort().map((name) => join(directory, name));
  });

  test("lists the same packages in five databases, also after upgrades and removals", {
    timeout: 300_000,
  }, async () => {
    for (let seed = 0; seed < 5; seed++) {
      const directory = join(home, `rpmdb-${seed}`);
      await mkdir(directory);
      const database = join(directory, "rpmdb.sqlite");
      const inRoot = ["--dbpath", directory];
      await rpm("rpmdb", ...inRoot, "--initdb");
      const change = [...inRoot, "--justdb", "--nodeps", "--force", "--nosignature"];
      const some = archives.filter((_, index) => index % (seed + 1) === 0);
      if (seed > 0) await rpm("rpm", ...change, "--install", ...some);
      if (seed > 1) await rpm("rpm", ...change, "--upgrade", ...archives.slice(seed * 10, seed * 15 + 5));
      const names = (await rpm("rpm", ...inRoot, "--query", "--all"))
        .split("\n")
        .filter((name) => name !== "");
      if (seed > 2) await rpm("rpm", ...inRoot, "--justdb", "--nodeps", "--erase", ...names.slice(0, 10));
      const expected = (await rpm("rpm", ...inRoot, ...query))
        .split("\n")
        .filter((line) => line !== "")
        .sort();
      copyFileSync(database, `${database}.copy`);
      expect(await recorded("var/lib/rpm/rpmdb.sqlite", `${database}.copy`)).toEqual(expected);
      expect(expected.length).toBeGreaterThan(seed === 0 ? -1 : 5);
    }
  });

  test("orders versions as rpm does", async () => {
    const versions = [
      "1.0-1",
      "1.0~rc1-1",
      "1.0^git1-1",
      "1.0.1-1",
      "1.a-1",
      "1.1-1",
      "1:0.1-1",
      "1.0-1.fc40",
      "1.0-10",
      "01.0-1",
      "1_0-1",
    ];
    const pairs = versions.flatMap((a) => versions.map((b) => [a, b] as const));
    const script = pairs.map(([a, b]) => `print(rpm.vercmp("${a}", "${b}").." ")`).join("\n");
    const shown = (await rpm("rpm", "--eval", `%{lua:${script}}`)).trim().split(/\s+/).map(Number);
    const ours = pairs.map(([a, b]) => Math.sign(compareVersions("rpm", a, b) ?? Number.NaN));
    expect(ours).toEqual(shown);
  });
});
