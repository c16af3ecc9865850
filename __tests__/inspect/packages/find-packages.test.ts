import { zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { candidatesIn } from "../../../src/inspect/candidates.ts";
import { findPackages } from "../../../src/inspect/packages/find-packages.ts";
import { filesystemOf } from "../../helpers/images.ts";
import { directory, file, hardlink, symlink, type TarMember } from "../../helpers/tar.ts";

const release = file("etc/os-release", 'ID=debian\nVERSION_ID="12"\n');

function status(...names: readonly string[]): TarMember {
  const state = "Status: install ok installed\nArchitecture: amd64\n";
  return file(
    "var/lib/dpkg/status",
    names.map((name) => `Package: ${name}\nVersion: 1\n${state}\n`).join(""),
  );
}

async function found(...layers: readonly (readonly TarMember[])[]) {
  const filesystem = await filesystemOf(...layers);
  return findPackages(filesystem, candidatesIn(filesystem));
}

test("finds the packages of the final root filesystem, by name", async () => {
  const { packages, packagesUnread } = await found([release, status("gone")], [status("libc6", "curl")]);
  expect(packages).toEqual(
    ["curl", "libc6"].map((name) => ({
      type: "deb",
      name,
      version: "1",
      architecture: "amd64",
      size: null,
      path: "/var/lib/dpkg/status",
      purl: `pkg:deb/debian/${name}@1?arch=amd64&distro=debian-12`,
    })),
  );
  expect(packagesUnread).toEqual([]);
});

test("finds no packages if a later layer deletes the record", async () => {
  const deleted = [file("var/lib/dpkg/.wh.status")];
  expect(await found([status("curl")], deleted)).toEqual({ packages: [], packagesUnread: [] });
});

test("a package has no package URL if the image does not say its distribution", async () => {
  expect((await found([status("curl")])).packages.map(({ purl }) => purl)).toEqual([null]);
});

test("counts a package once that dpkg and chisel record", async () => {
  const line = JSON.stringify({ kind: "package", name: "curl", version: "1", arch: "amd64" });
  const manifest = file("var/lib/chisel/manifest.wall", zstdCompressSync(line));
  const { packages } = await found([status("curl", "libc6"), manifest]);
  expect(packages.map(({ name }) => name)).toEqual(["curl", "libc6"]);
});

test("counts a record with several hard links once", async () => {
  const { packages } = await found([status("curl"), hardlink("backup", "var/lib/dpkg/status")]);
  expect(packages).toHaveLength(1);
});

test.each([
  ["a link of another layer", [[symlink("var/lib/dpkg", "/data")], [file("data/status", "Package: x\n")]]],
  ["a link to a file", [[symlink("var/lib/dpkg/status", "../x"), file("var/lib/x", "Package: x\n")]]],
  ["a hard link", [[file("x", "Package: x\n"), hardlink("var/lib/dpkg/status", "x")]]],
])("says that a record behind %s could not be read", async (_, layers) => {
  const unread = { path: "/var/lib/dpkg/status", type: "deb", detail: "could not be read" };
  expect(await found(...layers)).toEqual({ packages: [], packagesUnread: [unread] });
});

test("says it of a hundred records at most", async () => {
  const damaged = Array.from({ length: 300 }, (_, index) =>
    file(`var/lib/dpkg/status.d/${1000 + index}`, "x"),
  );
  const { packagesUnread } = await found([directory("var/lib/dpkg/status.d"), ...damaged]);
  expect(packagesUnread).toHaveLength(100);
  expect(packagesUnread[0]).toEqual({
    path: "/var/lib/dpkg/status.d/1000",
    type: "deb",
    detail: "ends within a line",
  });
  expect(packagesUnread.at(-1)?.detail).toBe("and 200 more records could not be read");
});

test("an npm package takes what is in its directory, without the packages in its node_modules", async () => {
  const manifest = (name: string) => JSON.stringify({ name, version: "1.0.0" });
  const { packages } = await found(
    [
      directory("app/"),
      file("app/node_modules/a/package.json", manifest("a")),
      file("app/node_modules/a/lib/deep/a.js", "x".repeat(1000)),
      file("app/node_modules/a/old.js", "x".repeat(5000)),
      file("app/node_modules/a/node_modules/b/package.json", manifest("b")),
      file("app/node_modules/a/node_modules/b/b.js", "x".repeat(300)),
      file("store/c.js", "x".repeat(70)),
      file("app/node_modules/c/package.json", manifest("c")),
      hardlink("app/node_modules/c/c.js", "store/c.js"),
    ],
    [file("app/node_modules/a/.wh.old.js"), file("app/node_modules/a/new.js", "x".repeat(20))],
  );
  const length = manifest("a").length;
  expect(packages.map(({ name, size }) => [name, size])).toEqual([
    ["a", length + 1020],
    ["b", length + 300],
    ["c", null],
  ]);
});

test("counts a Python package once that several tools recorded in one directory", async () => {
  const metadata = (name: string) => `Name: ${name}\nVersion: 1\n`;
  const { packages } = await found([
    file("usr/lib/python3/dist-packages/zope_one-1.dist-info/METADATA", metadata("zope-one")),
    file("usr/lib/python3/dist-packages/zope.one.egg-info/PKG-INFO", metadata("Zope.one")),
    file("usr/lib/python3/dist-packages/zope.two-1.egg-info", metadata("zope.two")),
    file("srv/zope_one-1.dist-info/METADATA", metadata("zope-one")),
  ]);
  expect(packages.map(({ name, path }) => [name, path])).toEqual([
    ["Zope.one", "/usr/lib/python3/dist-packages/zope.one.egg-info/PKG-INFO"],
    ["zope-one", "/srv/zope_one-1.dist-info/METADATA"],
    ["zope.two", "/usr/lib/python3/dist-packages/zope.two-1.egg-info"],
  ]);
});
