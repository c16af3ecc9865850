import { expect, test } from "vitest";
import { parseImageReference } from "../../src/source/reference.ts";

test.each([
  ["./image", { kind: "path", path: "./image" }],
  ["../a:b", { kind: "path", path: "../a:b" }],
  ["/tmp/image.tar", { kind: "path", path: "/tmp/image.tar" }],
  ["oci-dir:out", { kind: "oci-dir", path: "out", tag: null }],
  ["oci-dir:/tmp/out:v1.2", { kind: "oci-dir", path: "/tmp/out", tag: "v1.2" }],
  ["oci-dir:a:b/c", { kind: "oci-dir", path: "a:b/c", tag: null }],
  ["oci-dir:a:b/", { kind: "oci-dir", path: "a:b/", tag: null }],
  ["oci-archive:out.tar", { kind: "oci-archive", path: "out.tar" }],
  ["docker-archive:a:b.tar", { kind: "docker-archive", path: "a:b.tar" }],
  ["docker:app:1", { kind: "engine", name: "app:1" }],
  ["registry:ghcr.io/a/b@sha256:0", { kind: "registry", name: "ghcr.io/a/b@sha256:0" }],
  ["app", { kind: "engine", name: "app" }],
  ["localhost:5000/app", { kind: "engine", name: "localhost:5000/app" }],
  [".hidden", { kind: "engine", name: ".hidden" }],
  ["image.tar", { kind: "engine", name: "image.tar" }],
])("reads %s", (text, reference) => {
  expect(parseImageReference(text)).toEqual(reference);
});

test.each(["", " ", "docker:", "oci-dir:", "registry: "])("refuses %j, which names nothing", (text) => {
  expect(() => parseImageReference(text)).toThrow(expect.objectContaining({ code: "input-invalid" }));
});
