import { expect, test } from "vitest";
import { candidatesIn } from "../../../src/inspect/candidates.ts";
import type { PackageManager, Shell } from "../../../src/inspect/inspection.ts";
import { judgeDistroless } from "../../../src/inspect/programs/distroless.ts";
import { findUnread } from "../../../src/inspect/programs/unread.ts";
import { filesystemOf, program } from "../../helpers/images.ts";
import { file, hardlink, type TarMember } from "../../helpers/tar.ts";

const shell: Shell = { path: "/bin/dash", reason: "name", certainty: "certain", kind: "dash" };
const likely: Shell = { path: "/app/x", reason: "content", certainty: "likely", kind: "bash" };
const manager: PackageManager = { path: "/usr/bin/apt", name: "apt" };
const packed = { path: "/app/y", detail: "is packed with UPX" };
const nothing = { shells: [], packageManagers: [], unread: [] };

test("an image without shell and package manager is distroless", () => {
  expect(judgeDistroless(nothing)).toEqual({ verdict: "yes", evidence: [] });
});

test("a likely shell counts like a certain one", () => {
  expect(judgeDistroless({ ...nothing, shells: [likely] })).toEqual({
    verdict: "no",
    evidence: [{ kind: "shell", path: "/app/x", detail: "bash, likely" }],
  });
});

test("evidence has shells, package managers and unread files", () => {
  const facts = { shells: [shell, likely], packageManagers: [manager], unread: [packed] };
  const { verdict, evidence } = judgeDistroless(facts);
  expect(verdict).toBe("no");
  expect(evidence.map(({ kind, path, detail }) => `${kind} ${path} ${detail}`)).toEqual([
    "shell /bin/dash dash",
    "shell /app/x bash, likely",
    "package-manager /usr/bin/apt apt",
    "unread /app/y is packed with UPX",
  ]);
});

test("does not claim absence if a file could not be read", () => {
  expect(judgeDistroless({ ...nothing, unread: [packed] }).verdict).toBe("unknown");
});

test.each<[string, readonly TarMember[], readonly string[]]>([
  ["a plain program", [program("app")], []],
  [
    "a packed program, once for all its names",
    [program("app", { isPackedByUpx: true }), hardlink("app2", "app", { mode: 0o755 })],
    ["/app is packed with UPX"],
  ],
  [
    "a packed program without an exec bit, which the loader starts",
    [program("app", { isPackedByUpx: true }, 0o644)],
    ["/app is packed with UPX"],
  ],
  ["a packed object file", [program("app", { isPackedByUpx: true, type: "rel" }, 0o644)], []],
  [
    "a program packed by hand, whatever its mode",
    [0o755, 0o644].map((mode) =>
      program(`app${mode}`, { hasSections: false, denseBytes: 20_000, type: "exec" }, mode),
    ),
    [`/app${0o644}`, `/app${0o755}`].map(
      (path) =>
        `${path} has no section headers and contains compressed or encrypted bytes, like packed programs`,
    ),
  ],
  [
    "programs with compressed data, or without section headers",
    [program("app", { denseBytes: 500_000 }), program("app2", { hasSections: false, filling: 500_000 })],
    [],
  ],
  ["compressed data", [file("app", "\x1f\x8b\x08", { mode: 0o755 })], []],
  [
    "a file that a hard link makes executable",
    [file("a", "bytes"), hardlink("b", "a", { mode: 0o755 })],
    ["/a became executable only through a hard link"],
  ],
  ["an empty executable", [file("a", "", { mode: 0o755 })], []],
])("unread: %s", async (_, members, expected) => {
  const unread = findUnread(candidatesIn(await filesystemOf(members)));
  expect(unread.map(({ path, detail }) => `${path} ${detail}`)).toEqual(expected);
});
