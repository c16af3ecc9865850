import { expect, test } from "vitest";
import { findPackageCaches } from "../../src/inspect/package-caches.ts";
import { filesystemOf } from "../helpers/images.ts";
import { file, hardlink, symlink, whiteout } from "../helpers/tar.ts";

test("measures what each layer leaves in the caches of package managers", async () => {
  const filesystem = await filesystemOf(
    [
      file("var/lib/apt/lists/a_Packages", "12345"),
      file("var/lib/apt/lists/lock"),
      file("var/lib/apt/daily", "1"),
    ],
    [file("var/lib/apt/lists/partial/b", "123"), file("root/.cache/pip/http/c", "1234567")],
    [whiteout("root/.cache/pip/http/c"), file("root/.cache/pip/selfcheck", "12")],
  );
  expect(findPackageCaches(filesystem)).toEqual([
    { path: "/var/lib/apt/lists", bytes: 5, layer: 0 },
    { path: "/var/lib/apt/lists", bytes: 3, layer: 1 },
    { path: "/root/.cache/pip", bytes: 2, layer: 2 },
  ]);
});

test("counts no file that has another name, and follows no link", async () => {
  const filesystem = await filesystemOf([
    file("srv/a", "12345"),
    hardlink("var/cache/apt/a", "srv/a"),
    symlink("var/cache/apk", "/srv"),
    file("var/cache/dnf", "a file"),
  ]);
  expect(findPackageCaches(filesystem)).toEqual([]);
});
