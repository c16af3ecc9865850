import { expect, test } from "vitest";
import { candidatesIn } from "../../../src/inspect/candidates.ts";
import { findPackageManagers } from "../../../src/inspect/programs/package-manager.ts";
import { packageManagerMarkers } from "../../../src/inspect/programs/package-manager-markers.ts";
import { filesystemOf, program, script } from "../../helpers/images.ts";
import { file, hardlink, symlink, type TarMember } from "../../helpers/tar.ts";

async function managersOf(...members: readonly TarMember[]): Promise<readonly string[]> {
  const filesystem = await filesystemOf(members);
  const managers = findPackageManagers(filesystem, candidatesIn(filesystem));
  return managers.map(({ path, name }) => `${path} ${name}`);
}

test.each<[string, readonly TarMember[], readonly string[]]>([
  [
    "Debian's",
    [program("usr/bin/apt-get"), program("usr/bin/dpkg"), program("usr/bin/dpkg-query")],
    ["/usr/bin/apt-get apt-get", "/usr/bin/dpkg dpkg"],
  ],
  [
    "a script with a version, and links to it",
    [
      script("usr/bin/dnf-3", "/usr/bin/python3"),
      symlink("usr/bin/dnf", "dnf-3"),
      symlink("usr/bin/yum", "dnf-3"),
      symlink("opt/get", "../usr/bin/yum"),
    ],
    ["/opt/get dnf", "/usr/bin/dnf dnf", "/usr/bin/dnf-3 dnf", "/usr/bin/yum yum"],
  ],
  ["dnf5", [program("usr/bin/dnf5")], ["/usr/bin/dnf5 dnf5"]],
  [
    "a link to BusyBox under one of its names",
    [program("bin/busybox"), symlink("bin/rpm", "busybox"), symlink("bin/ls", "busybox")],
    ["/bin/rpm rpm"],
  ],
  [
    "scripts about a manager",
    [script("etc/cron.daily/dpkg", "/bin/sh"), script("usr/share/bug/apt", "/usr/bin/env -S A=1 bash -e")],
    [],
  ],
  [
    "package managers that are scripts",
    [script("opt/brew", "/bin/bash -u"), script("usr/bin/emerge", "/usr/bin/env python3")],
    ["/opt/brew brew", "/usr/bin/emerge emerge"],
  ],
  [
    "databases",
    [
      file("var/lib/dpkg/status", "Package: x"),
      file("lib/apk/db/installed", "P:x"),
      file("var/lib/rpm/Packages", "db"),
    ],
    [],
  ],
  ["a bash completion", [file("usr/share/bash-completion/completions/apt", "complete apt")], []],
  ["data with an exec bit", [file("etc/apt", "data", { mode: 0o755 })], []],
  ["a program with a manager's name without an exec bit", [program("usr/bin/apt", {}, 0o644)], []],
  [
    "a manager without an exec bit, which the loader can start, and links to it",
    [
      program("usr/bin/dpkg", { program: "dpkg" }, 0o644),
      hardlink("opt/x", "usr/bin/dpkg", { mode: 0o644 }),
      symlink("opt/y", "x"),
      symlink("opt/apt", "x"),
    ],
    ["/opt/apt dpkg", "/opt/x dpkg", "/opt/y dpkg", "/usr/bin/dpkg dpkg"],
  ],
  ["the same as an object file", [program("usr/bin/dpkg", { program: "dpkg", type: "rel" }, 0o644)], []],
  ["a link to nowhere", [symlink("usr/bin/apt", "gone")], []],
  [
    "a renamed manager and its hard link",
    [program("app/x", { program: "dpkg" }), hardlink("app/y", "app/x", { mode: 0o755 })],
    ["/app/x dpkg", "/app/y dpkg"],
  ],
  [
    "a language's package manager",
    [script("usr/bin/pip3", "/usr/bin/python3"), script("usr/bin/npm", "/usr/bin/env node")],
    [],
  ],
])("package managers: %s", async (_, members, expected) => {
  expect(await managersOf(...members)).toEqual(expected);
});

test.each(packageManagerMarkers)(
  "$name is a package manager under any name, with or without an exec bit",
  async ({ name }) => {
    expect(await managersOf(program("app", { program: name }))).toEqual([`/app ${name}`]);
    expect(await managersOf(program("app", { program: name }, 0o600))).toEqual([`/app ${name}`]);
  },
);
