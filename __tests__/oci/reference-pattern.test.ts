import { expect, test } from "vitest";
import { formatReference, parseReference } from "../../src/oci/reference.ts";
import { matchesReference, parseReferencePattern } from "../../src/oci/reference-pattern.ts";

const digest = `sha256:${"0a".repeat(32)}`;

function matches(pattern: string, text: string): boolean {
  const [parsed, reference] = [parseReferencePattern(pattern), parseReference(text)];
  if (parsed === null || reference === null) throw new Error("not a pattern, or not a reference");
  return matchesReference(parsed, reference);
}

test.each([
  [
    "golang",
    ["golang", "golang:1.24", `golang@${digest}`, "docker.io/library/golang"],
    ["o/golang", "golangx"],
  ],
  ["golang:1.*", ["golang:1.24", `golang:1.24@${digest}`], ["golang", "golang:11", `golang@${digest}`]],
  ["golang:latest", ["golang", "golang:latest"], [`golang@${digest}`, "golang:1"]],
  ["golang@sha256:*", [`golang@${digest}`, `golang:1@${digest}`], ["golang", "golang:1"]],
  [`golang:1@${digest}`, [`golang:1@${digest}`], [`golang@${digest}`, `golang:2@${digest}`]],
  ["*", ["golang", "alpine:3"], ["o/app", "ghcr.io/o/app"]],
  ["o/*", ["o/app"], ["o/app/x", "golang", "ghcr.io/o/app"]],
  ["docker.io/**", ["golang", "o/app"], ["ghcr.io/golang"]],
  [
    "gcr.io/distroless/*",
    ["gcr.io/distroless/static-debian13:nonroot"],
    ["gcr.io/distroless/a/b", "gcr.io/x/distroless/a", "evil.io/gcr.io/distroless/a"],
  ],
  [
    "registry.example.com/**",
    ["registry.example.com/a", "registry.example.com/a/b:1"],
    ["registry.example.com.evil.io/a", "registry.example.com:5000/a"],
  ],
  ["*.example.com/app", ["a.example.com/app"], ["evil.io/x.example.com/app", "example.com/app"]],
  ["localhost:5000/**:v*", ["localhost:5000/a/b:v1"], ["localhost:5000/a", "localhost/a:v1"]],
  ["**/app", ["ghcr.io/o/app", "o/app"], ["ghcr.io/o/app2"]],
  ["**", ["golang", `ghcr.io/o/a/b@${digest}`], []],
])("%s matches what it says", (pattern, matching, others) => {
  for (const text of matching) expect(matches(pattern, text), text).toBe(true);
  for (const text of others) expect(matches(pattern, text), text).toBe(false);
});

test("every reference is a pattern for itself", () => {
  for (const text of [
    "golang",
    "golang:1.24",
    "o/app",
    "[::1]:5000/x",
    "ghcr.io/o/a/b:v1",
    `a:1@${digest}`,
  ]) {
    expect(
      matches(text, formatReference(parseReference(text) ?? { name: "", tag: null, digest: null })),
    ).toBe(true);
  }
});

test.each(["", "Golang", "a b", "a,b", "a@b@c", "golang:", "https://x/y", "a".repeat(5000), "a?b", "x\n*"])(
  "%j is not a pattern",
  (text) => {
    expect(parseReferencePattern(text)).toBeNull();
  },
);

test("a pattern of many stars takes bounded time", () => {
  const name = `registry.example/${"a".repeat(255)}`;
  expect(matches(`registry.example/${"*a".repeat(500)}*b`, name)).toBe(false);
  expect(matches(`**${"**a*".repeat(100)}`, name)).toBe(true);
});
