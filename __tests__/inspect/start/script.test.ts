import { expect, test } from "vitest";
import { nodeAt } from "../../../src/image/filesystem/filesystem.ts";
import { executableOf } from "../../../src/inspect/start/script.ts";
import { filesystemOf } from "../../helpers/images.ts";
import { elf } from "../../helpers/programs.ts";
import { file } from "../../helpers/tar.ts";

test.for<[string, string, [interpreter: string, argument: string | null] | string]>([
  ["a path", "#!/bin/sh\n", ["/bin/sh", null]],
  ["blanks around it", "#! \t/bin/sh \t\n", ["/bin/sh", null]],
  ["one argument", "#!/bin/sh -e\n", ["/bin/sh", "-e"]],
  ["an argument with blanks", "#!/usr/bin/env  -S a b \n", ["/usr/bin/env", "-S a b"]],
  ["a carriage return", "#!/bin/sh\r\n", ["/bin/sh\r", null]],
  ["one after an argument", "#!/bin/sh -e\r\n", ["/bin/sh", "-e\r"]],
  ["no newline", "#!/bin/sh", ["/bin/sh", null]],
  ["a NUL", "#!/bin/sh\0x y\n", ["/bin/sh", null]],
  ["a NUL in the argument", "#!/bin/sh -e\0x\n", ["/bin/sh", "-e"]],
  ["a line as long as can be", `#!/${"x".repeat(252)}\n`, [`/${"x".repeat(252)}`, null]],
  ["a line that is longer", `#!/${"x".repeat(253)}\n`, "its `#!` line is longer than the kernel reads"],
  ["an argument that is cut", `#!/bin/sh ${"x".repeat(900)}\n`, ["/bin/sh", "x".repeat(253 - 8)]],
  ["nothing", "#!\n", "its `#!` line names no interpreter"],
  ["blanks alone", "#! \t \n", "its `#!` line names no interpreter"],
  ["blanks without end", `#!${" ".repeat(900)}`, "its `#!` line names no interpreter"],
  ["no such line", "exit 0\n", "it is neither an ELF program nor a script with a `#!` line"],
  ["no byte", "", "it is empty"],
  [
    "a Git LFS pointer",
    `version https://git-lfs.github.com/spec/v1\noid sha256:${"4".repeat(64)}\nsize 7\n`,
    "it is a Git LFS pointer",
  ],
])("%s", async ([, text, expected]) => {
  const node = nodeAt(await filesystemOf([file("x", text, { mode: 0o755 })]), "x");
  if (node === null) throw new Error("it is not there");
  const found = executableOf(node);
  if (found.kind === "script") expect([found.interpreter, found.argument]).toEqual(expected);
  else expect(found).toEqual({ kind: "no-format", found: expected });
});

test("recognizes ELF programs, and leaves uninspected files unknown", async () => {
  const filesystem = await filesystemOf([file("elf", elf(), { mode: 0o755 }), file("data", "x")]);
  const kinds = ["elf", "data"].map((path) => {
    const node = nodeAt(filesystem, path);
    return node === null ? null : executableOf(node).kind;
  });
  expect(kinds).toEqual(["elf", "unknown"]);
});
