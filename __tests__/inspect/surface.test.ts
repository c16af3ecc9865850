import { expect, test } from "vitest";
import { candidatesIn } from "../../src/inspect/candidates.ts";
import { findPrivileged } from "../../src/inspect/privileged.ts";
import { surfaceOf } from "../../src/inspect/surface.ts";
import { filesystemOf, program, script } from "../helpers/images.ts";
import { capabilitiesRecord, directory, file, hardlink, symlink } from "../helpers/tar.ts";

test("counts programs, privileges and what everyone may write, each name once", async () => {
  const filesystem = await filesystemOf([
    program("bin/a"),
    hardlink("bin/b", "bin/a", { mode: 0o755 }),
    symlink("bin/c", "a"),
    script("bin/d", "/bin/a"),
    file("data", "not a program", { mode: 0o755 }),
    file("empty", "", { mode: 0o755 }),
    program("bin/su", {}, 0o4755),
    program("bin/wall", {}, 0o2755),
    program("bin/both", {}, 0o6755),
    file("bin/no-exec", "x", { mode: 0o4644 }),
    program("bin/ping", {}, 0o755),
    { ...program("bin/cap"), pax: capabilitiesRecord([13]) },
    directory("var/mail", { mode: 0o2775 }),
    directory("tmp", { mode: 0o1777 }),
    directory("open", { mode: 0o777 }),
    file("open/file", "x", { mode: 0o666 }),
    symlink("open/link", "file"),
  ]);
  const privileged = findPrivileged(candidatesIn(filesystem));
  expect(surfaceOf(filesystem, privileged)).toEqual({
    executables: 8,
    setuid: 3,
    setgid: 2,
    capabilities: 1,
    worldWritableFiles: 1,
    worldWritableDirectories: 1,
  });
  expect(privileged.map(({ path, by }) => [path, ...by])).toEqual([
    ["/bin/both", "setuid", "setgid"],
    ["/bin/cap", "capabilities"],
    ["/bin/no-exec", "setuid"],
    ["/bin/su", "setuid"],
    ["/bin/wall", "setgid"],
  ]);
});

test("a privileged file has its owner, size and layer, and a hostile name as its bytes", async () => {
  const name = Buffer.from("bin/\xff\n\u001b[31m", "latin1");
  const filesystem = await filesystemOf([], [file(name, "xyz", { mode: 0o4755, uid: 7, gid: 8 })]);
  expect(findPrivileged(candidatesIn(filesystem))).toEqual([
    {
      path: "/bin/\ufffd\n\u001b[31m",
      pathBase64: Buffer.concat([Buffer.from("/"), name]).toString("base64"),
      by: ["setuid"],
      uid: 7,
      gid: 8,
      bytes: 3,
      layer: 1,
    },
  ]);
});
