import { expect, test } from "vitest";
import { candidatesIn } from "../../src/inspect/candidates.ts";
import { findLeftovers } from "../../src/inspect/leftovers.ts";
import { filesystemOf } from "../helpers/images.ts";
import { directory, file, hardlink, type TarMember } from "../helpers/tar.ts";

async function leftoversOf(...layers: readonly (readonly TarMember[])[]) {
  const filesystem = await filesystemOf(...layers);
  return findLeftovers(filesystem, candidatesIn(filesystem));
}

test.each([
  ["var/lib/apt/lists", "package-lists"],
  ["var/cache/apt", "package-cache"],
  ["var/cache/apk", "package-cache"],
  ["var/cache/dnf", "package-cache"],
  ["root/.cache/pip", "package-cache"],
  ["home/app/.npm/_cacache", "package-cache"],
  ["go/pkg/mod", "package-cache"],
  ["root/go/pkg/mod", "package-cache"],
  ["root/.m2/repository", "package-cache"],
  ["usr/local/cargo/registry", "package-cache"],
  ["opt/conda/pkgs", "package-cache"],
  ["root/.cache/go-build", "build-cache"],
  ["app/__pycache__", "bytecode"],
  ["app/lib/util/__pycache__", "bytecode"],
  ["usr/include", "headers"],
  ["tmp", "temporary"],
])("%s is a leftover: %s", async (path, kind) => {
  expect(await leftoversOf([file(`${path}/a/b`, "123")])).toEqual([
    { path: `/${path}`, kind, bytes: 3, layer: 0 },
  ]);
  expect(await leftoversOf([directory(path), file(`${path}/lock`, "")])).toEqual([]);
});

test.each([
  "usr/lib/python3/dist-packages/x/__pycache__",
  "usr/local/lib/python3.13/site-packages/x/__pycache__",
  "opt/venv/lib64/python3.12/__pycache__",
  "app/lists",
  "app/mod",
  "srv/repository",
  "app/include",
  "app/tmp",
  "app/.git",
])("%s is none", async (path) => {
  expect(await leftoversOf([file(`${path}/a`, "123")])).toEqual([]);
});

test("what is inside another counts once, and hard links count where their first name is", async () => {
  expect(
    await leftoversOf(
      [file("tmp/root/.cache/pip/a", "12345"), directory("root/.cache/pip")],
      [file("root/.cache/pip/b", "123"), hardlink("var/tmp/c", "root/.cache/pip/b"), file("var/tmp/d", "1")],
    ),
  ).toEqual([
    { path: "/root/.cache/pip", kind: "package-cache", bytes: 3, layer: 1 },
    { path: "/tmp", kind: "temporary", bytes: 5, layer: 0 },
    { path: "/var/tmp", kind: "temporary", bytes: 1, layer: 1 },
  ]);
});

test("a repository is a leftover, a file of its name is none", async () => {
  const git = [file("app/.git/HEAD", "ref"), file("app/.git/objects/a", "12")];
  expect(await leftoversOf(git)).toEqual([{ path: "/app/.git", kind: "git", bytes: 5, layer: 0 }]);
  expect(await leftoversOf([file("tmp", "x"), file("usr/include", "x")])).toEqual([]);
});
