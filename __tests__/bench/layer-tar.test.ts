import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { openContent } from "../../bench/content.ts";
import { type PlannedFile, planImage } from "../../bench/image-plan.ts";
import { layerMembers, tarBytes } from "../../bench/layer-tar.ts";
import { isElf, isLoadable } from "../../src/inspect/programs/elf.ts";

const content = openContent();

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(stream));
}

test("a layer is an archive that GNU tar lists, with its files, directories and modes", async () => {
  const files: readonly PlannedFile[] = [
    { path: "usr/share/text", kind: "text", size: 1000, seed: 7 },
    { path: "usr/libexec/program", kind: "program", size: 5000, seed: 8 },
  ];
  const archive = await bytesOf(tarBytes(layerMembers(files, content)));
  const listed = execFileSync("tar", ["-tv", "--utc", "--numeric-owner"], {
    input: archive,
    encoding: "utf8",
  });
  expect(
    listed
      .trim()
      .split("\n")
      .map((line) => line.replace(/\s+/g, " ")),
  ).toEqual([
    "drwxr-xr-x 0/0 0 1970-01-01 00:00 usr/",
    "drwxr-xr-x 0/0 0 1970-01-01 00:00 usr/libexec/",
    "-rwxr-xr-x 0/0 5000 1970-01-01 00:00 usr/libexec/program",
    "drwxr-xr-x 0/0 0 1970-01-01 00:00 usr/share/",
    "-rw-r--r-- 0/0 1000 1970-01-01 00:00 usr/share/text",
  ]);
});

test("every planned file has as many bytes as planned, the same ones each time", () => {
  const files = planImage("small")
    .flat()
    .filter((_, index) => index % 50 === 0);
  for (const file of files) {
    const bytes = Buffer.concat([...content(file)]);
    expect(bytes.length).toBe(file.size);
    expect(bytes.equals(Buffer.concat([...content(file)]))).toBe(true);
  }
});

test.runIf(process.platform === "linux")(
  "programs and libraries are machine code that a loader would start",
  () => {
    const bytes = (kind: PlannedFile["kind"]) =>
      Buffer.concat([...content({ path: "", kind, size: 100_000, seed: 5_000_000 })]);
    expect([isElf(bytes("program")), isLoadable(bytes("program"), bytes("program").length)]).toEqual([
      true,
      true,
    ]);
    expect([isElf(bytes("library")), isLoadable(bytes("library"), bytes("library").length)]).toEqual([
      true,
      true,
    ]);
    expect(isElf(bytes("text"))).toBe(false);
  },
);
