import { expect, test } from "vitest";
import { familiarName, formatReference, parseReference } from "../../src/oci/reference.ts";

const digest = `sha256:${"0a".repeat(32)}`;

test.each([
  ["golang", "docker.io/library/golang:latest", "golang"],
  ["golang:1.24", "docker.io/library/golang:1.24", "golang:1.24"],
  ["o/app", "docker.io/o/app:latest", "o/app"],
  ["index.docker.io/golang", "docker.io/library/golang:latest", "golang"],
  ["localhost/x", "localhost/x:latest", "localhost/x"],
  ["ghcr.io/o/a/b:v1", "ghcr.io/o/a/b:v1", "ghcr.io/o/a/b:v1"],
  ["Registry/x", "Registry/x:latest", "Registry/x"],
  [`a@${digest}`, `docker.io/library/a@${digest}`, `a@${digest}`],
  [`a:1@${digest}`, `docker.io/library/a:1@${digest}`, `a:1@${digest}`],
  ["[::1]:5000/x", "[::1]:5000/x:latest", "[::1]:5000/x"],
])("%s is normalised to %s", (text, normalised, familiar) => {
  const reference = parseReference(text);
  expect(reference && formatReference(reference)).toBe(normalised);
  expect(reference && familiarName(reference)).toBe(familiar);
});

test.each([
  "",
  "Golang",
  "o/App",
  "a:b:c",
  "-a",
  "a-",
  "a..b",
  "a//b",
  "0a".repeat(32),
  "a@sha256:1",
  `a@sha256:${"A0".repeat(32)}`,
  "a".repeat(5000),
  `x${"_-".repeat(2000)}`,
])("%s is not a reference", (text) => {
  expect(parseReference(text)).toBeNull();
});
