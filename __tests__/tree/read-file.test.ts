import { execFileSync } from "node:child_process";
import { chmod, mkdir, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readNamedFile, readTreeFile } from "../../src/tree/read-file.ts";
import { asOtherUser } from "../helpers/other-user.ts";
import { workspace } from "../helpers/workspace.ts";

const cure = "Do this.";
const read = (tree: string, path: string) => readTreeFile(tree, path, cure);

test("reads a regular file byte for byte", async () => {
  await using tree = await workspace({ "a/b/file": "" });
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x0d, 0x0a, 0]);
  await writeFile(join(tree.path, "a/b/file"), bytes);
  for (const path of ["a/b/file", "./a//b/../b/file", join(tree.path, "a/b/file")]) {
    expect(await read(tree.path, path)).toEqual(bytes);
  }
});

test.each(["none", "a/none", "a/file/none", "x".repeat(300), `${"d/".repeat(3000)}x`])(
  "reports %.20s as missing",
  async (path) => {
    await using tree = await workspace({ "a/file": "" });
    expect(await read(tree.path, path)).toBeNull();
  },
);

test.each([
  ["link", '"link" is a symbolic link to "a/file", and links in a repository are not followed. Do this.'],
  ["chain", '"chain" is a symbolic link to "a/file", and'],
  ["a/up", '"a/up" is a symbolic link to "top", and'],
  ["dir/file", '"dir/file" is reached through "dir", a symbolic link to "a", and links'],
  ["dir/deep/file", '"dir/deep/file" is reached through "dir", a'],
  ["a/back/a/file", '"a/back/a/file" is reached through "a/back", a symbolic link to ".", and'],
  ["out", '"out" is a symbolic link, and'],
  ["relative-out", '"relative-out" is a symbolic link, and'],
  ["etc/hostname", '"etc/hostname" is reached through "etc", a symbolic link, and'],
  ["endless", '"endless" is a symbolic link, and'],
  ["terminal", '"terminal" is a symbolic link, and'],
  ["loop", '"loop" is a symbolic link, and'],
  ["dangling", '"dangling" is a symbolic link, and'],
  ["absolute", '"absolute" is a symbolic link'],
  ["git/config", '"git/config" is reached through "git", a symbolic link to ".git", and'],
])("does not follow %s", async (path, message) => {
  await using tree = await workspace({
    top: "",
    "a/file": "",
    "a/deep/file": "",
    ".git/config": "",
    link: "-> a/file",
    chain: "-> link",
    "a/up": "-> ../top",
    dir: "-> a",
    "a/back": "-> ..",
    out: "-> /etc/hostname",
    "relative-out": "-> ../../../../../../etc/hostname",
    etc: "-> /etc",
    endless: "-> /dev/zero",
    terminal: "-> /dev/ptmx",
    loop: "-> loop",
    dangling: "-> nowhere",
    absolute: "-> /proc/self/environ",
    git: "-> .git",
  });
  const reading = read(tree.path, path);
  await expect(reading).rejects.toMatchObject({ code: "file-refused" });
  await expect(reading).rejects.toThrow(message);
});

test("does not open, or wait for, a file that is not regular", async () => {
  await using tree = await workspace();
  await mkdir(join(tree.path, "directory"));
  execFileSync("mkfifo", [join(tree.path, "fifo")]);
  const server = createServer().listen(join(tree.path, "socket"));
  for (const name of ["directory", "fifo", "socket"]) {
    await expect(read(tree.path, name)).rejects.toThrow(`"${name}" is not a regular file`);
  }
  await expect(read("/dev", "zero")).rejects.toThrow('"zero" is not a regular file');
  server.close();
});

test("reads a mebibyte, but not one byte more", async () => {
  await using tree = await workspace({ file: "" });
  await truncate(join(tree.path, "file"), 2 ** 20);
  expect(await read(tree.path, "file")).toHaveLength(2 ** 20);
  await truncate(join(tree.path, "file"), 2 ** 20 + 1);
  await expect(read(tree.path, "file")).rejects.toThrow('"file" is larger than 1 MiB');
});

test.each(["../file", "a/../../file", "/etc/hostname", "..", "../../etc/passwd"])(
  "does not read %s, which is outside",
  async (path) => {
    await using tree = await workspace({ "tree/a": "", file: "" });
    await expect(read(join(tree.path, "tree"), path)).rejects.toThrow("is outside the repository");
  },
);

test("names with line breaks and commands do not start a new line in a message", async () => {
  await using tree = await workspace({ "##[error]x\n::y": "-> a\n##[z]" });
  const message = await read(tree.path, "##[error]x\n::y").catch(String);
  expect(message).not.toMatch(/##\[|\n/);
});

test("a path that a user named may be a link, but its file must end", async () => {
  await using place = await workspace({
    "a/file": "text",
    link: "-> a/file",
    endless: "-> /dev/zero",
    loop: "-> loop",
  });
  expect(String(await readNamedFile(join(place.path, "link"), cure))).toBe("text");
  expect(await readNamedFile(join(place.path, "none"), cure)).toBeNull();
  for (const name of ["endless", "loop", "a"]) {
    await expect(readNamedFile(join(place.path, name), cure)).rejects.toMatchObject({ code: "file-refused" });
  }
});

test("reports what the system refuses as refused", async () => {
  await using tree = await workspace({ "a/file": "", loop: "-> loop" });
  await chmod(tree.path, 0o755);
  await chmod(join(tree.path, "a/file"), 0);
  const closed =
    "is not accessible to this user: change its permissions, or those of the directories above it (EACCES)";
  expect(await asOtherUser(() => read(tree.path, "a/file"))).toMatchObject({
    code: "file-refused",
    message: `"a/file" ${closed}. ${cure}`,
  });
  const named = join(tree.path, "a/file");
  expect(await asOtherUser(() => readNamedFile(named, cure))).toMatchObject({
    message: `"${named}" ${closed}. ${cure}`,
  });
  for (const [path, why] of [
    [join(tree.path, "loop"), "leads into a loop"],
    ["a\0b", "contains a NUL, which no file name can contain"],
  ] as const)
    await expect(readNamedFile(path, cure)).rejects.toThrow(why);
});
