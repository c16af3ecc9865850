import { expect, test } from "vitest";
import { parseImageReference, places } from "../../src/source/reference.ts";

test.each([
  ["./image", { kind: "path", path: "./image" }],
  [".", { kind: "path", path: "." }],
  ["..", { kind: "path", path: ".." }],
  ["../a:b", { kind: "path", path: "../a:b" }],
  ["/tmp/image.tar", { kind: "path", path: "/tmp/image.tar" }],
  ["C:\\images\\a.tar", { kind: "path", path: "C:\\images\\a.tar" }],
  ["c:/images/a.tar", { kind: "path", path: "c:/images/a.tar" }],
  [".\\a.tar", { kind: "path", path: ".\\a.tar" }],
  ["..\\a.tar", { kind: "path", path: "..\\a.tar" }],
  ["oci-dir:out", { kind: "oci-dir", path: "out" }],
  ["oci-dir:/tmp/out:v1.2", { kind: "oci-dir", path: "/tmp/out:v1.2" }],
  ["oci-archive:out.tar", { kind: "oci-archive", path: "out.tar" }],
  ["docker-archive:a:b.tar", { kind: "docker-archive", path: "a:b.tar" }],
  ["docker:app:1", { kind: "engine", name: "app:1" }],
  ["registry:ghcr.io/a/b@sha256:0", { kind: "registry", name: "ghcr.io/a/b@sha256:0" }],
  ["app", { kind: "engine", name: "app" }],
  ["localhost:5000/app", { kind: "engine", name: "localhost:5000/app" }],
  [".hidden", { kind: "engine", name: ".hidden" }],
  ["image.tar", { kind: "engine", name: "image.tar" }],
  ["-", { kind: "stdin", path: "-", name: null }],
  ["/dev/stdin", { kind: "stdin", path: "-", name: null }],
  ["docker-archive:-", { kind: "stdin", path: "-", name: null }],
  ["docker-archive:-:localhost:5000/app:1", { kind: "stdin", path: "-", name: "localhost:5000/app:1" }],
  ["oci-archive:/dev/stdin:app:1", { kind: "stdin", path: "-", name: "app:1" }],
  ["docker-archive:./-:app", { kind: "docker-archive", path: "./-:app" }],
])("reads %s", (text, reference) => {
  expect(parseImageReference(text)).toEqual(reference);
});

test.each(["", " ", "docker:", "oci-dir:", "registry: "])("refuses %j, which names nothing", (text) => {
  expect(() => parseImageReference(text)).toThrow(expect.objectContaining({ code: "input-invalid" }));
});

test.each([
  ["a.tar", [["a.tar", null]]],
  [
    "a.tar:app:1",
    [
      ["a.tar:app:1", null],
      ["a.tar:app", "1"],
      ["a.tar", "app:1"],
    ],
  ],
  [
    "a.tar:localhost:5000/app@sha256:0",
    [
      ["a.tar:localhost:5000/app@sha256:0", null],
      ["a.tar:localhost:5000/app@sha256", "0"],
      ["a.tar:localhost", "5000/app@sha256:0"],
      ["a.tar", "localhost:5000/app@sha256:0"],
    ],
  ],
  [
    "a.tar:@1",
    [
      ["a.tar:@1", null],
      ["a.tar", "@1"],
    ],
  ],
  // A drive letter is not a path, and a path is not a name.
  [
    "C:\\a.tar:app",
    [
      ["C:\\a.tar:app", null],
      ["C:\\a.tar", "app"],
    ],
  ],
  ["C:/a.tar", [["C:/a.tar", null]]],
  ["a:b/", [["a:b/", null]]],
  [
    "a:b/c",
    [
      ["a:b/c", null],
      ["a", "b/c"],
    ],
  ],
  [":a", [[":a", null]]],
  ["a:", [["a:", null]]],
])("returns what %j may mean", (text, expected) => {
  expect(places(text).map(({ path, name }) => [path, name])).toEqual(expected);
});

test("parses a hostile name in linear time", () => {
  expect(places(`a:${"b.".repeat(100_000)}`)).toHaveLength(1);
  expect(places(`a:${"-".repeat(100_000)}`)).toHaveLength(1);
});
