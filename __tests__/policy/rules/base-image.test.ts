import { expect, test } from "vitest";
import type { Source } from "../../../src/dockerfile/stages/stages.ts";
import { formatReference, parseReference } from "../../../src/oci/reference.ts";
import { told } from "../../helpers/findings.ts";
import { baseLayers, digestOf, inspection, policy } from "../../helpers/inspection.ts";
import { hostileTexts } from "../../helpers/situations.ts";

const digest = digestOf("x");

function resolvedOf(written: string): string {
  const reference = parseReference(written);
  return reference === null || written === "scratch" ? written : formatReference(reference);
}

function source(written: string, line = 1, use: Source["use"] = "from"): Source {
  return { use, written, resolved: resolvedOf(written), line };
}

/** Returns an image that starts from what FROM says. */
function on(written: string, overrides: { readonly digest?: typeof digest; readonly layers?: string } = {}) {
  return inspection({
    layers: baseLayers(overrides.layers ?? written, 100),
    baseImage: { written, resolved: resolvedOf(written), digest: overrides.digest ?? null },
    sources: written === "scratch" ? [] : [source(written)],
  });
}

const unknown = inspection({ baseImage: null, stages: null, unusedStages: null, sources: null });

test.each([
  ["debian:13", "debian", "pass"],
  ["debian:13", "debian:13*\n alpine ", "pass"],
  ["debian:13", "alpine\nubuntu", "fail"],
  ["gcr.io/distroless/static:nonroot", "gcr.io/distroless/*", "pass"],
  ["evil.io/gcr.io/distroless/static", "gcr.io/distroless/*", "fail"],
  ["scratch", "scratch", "pass"],
  ["scratch", "**", "fail"],
  ["scratch/x", "scratch", "fail"],
  ["./rootfs", "**", "fail"],
  ["https://git.example/x.git", "**", "fail"],
])("the base image %s on the list %j is a %s", (written, list, verdict) => {
  expect(told("allowed-base-images", list, { head: on(written) })?.verdict).toBe(verdict);
});

test("says which base image is not allowed, and which are", () => {
  const head = on("debian:13");
  expect(told("allowed-base-images", "alpine\ngcr.io/distroless/*", { head })).toMatchObject({
    actual: 1,
    sentence: "The base image debian:13 is not allowed.",
    advice: ["Start the last stage from one of these base images: alpine and gcr.io/distroless/*."],
  });
  expect(told("allowed-base-images", "alpine", { head: unknown })).toMatchObject({
    verdict: "inconclusive",
    reason: "no-dockerfile",
  });
  expect(() => policy({ "allowed-base-images": "alpine, debian" })).toThrow(
    /"alpine, debian".*one pattern per line/i,
  );
});

test("every external image needs a digest, also one that is only copied from", () => {
  const pinned = inspection({ sources: [source(`debian@${digest}`), source(`golang:1@${digest}`, 3)] });
  expect(told("pinned-base-image", "fail", { head: pinned })).toMatchObject({ verdict: "pass", actual: 0 });
  expect(told("pinned-base-image", "fail", { head: on("scratch") })?.verdict).toBe("pass");
  const head = inspection({
    sources: [source("golang:1.24"), source(`debian@${digest}`, 4), source("busybox", 7, "copy")],
  });
  expect(told("pinned-base-image", "fail", { head })).toMatchObject({
    verdict: "fail",
    actual: 2,
    sentence: "Not pinned to a digest: golang:1.24 (line 1) and busybox:latest (line 7).",
  });
  expect(told("pinned-base-image", "warn", { head })?.verdict).toBe("warn");
  expect(told("pinned-base-image", "off", { head })).toBeNull();
  expect(told("pinned-base-image", "fail", { head: unknown })?.verdict).toBe("inconclusive");
  expect(told("pinned-base-image", "fail", { head: on("https://git.example/x.git") })?.verdict).toBe("fail");
});

test("the ratchet accepts another tag of an image that was not pinned, and no other image", () => {
  const base = inspection({ sources: [source("golang:1.24"), source(`debian@${digest}`)] });
  const verdict = (...sources: readonly Source[]) =>
    told("pinned-base-image", "ratchet", { head: inspection({ sources }), base })?.verdict;
  expect(verdict(source("golang:1.25"), source(`debian@${digest}`))).toBe("pass");
  expect(verdict(source("golang:1.24"), source("debian:13"))).toBe("fail");
  expect(verdict(source("rust:1"), source(`debian@${digest}`))).toBe("fail");
  expect(verdict(source("golang:1.24"), source("golang:1.25"))).toBe("fail");
  expect(verdict(source(`golang@${digest}`))).toBe("pass");
});

test("advises the digest that the build found", () => {
  const head = on("debian:13", { digest });
  expect(told("pinned-base-image", "fail", { head })?.advice).toEqual([
    `Write FROM debian:13@${digest} (line 1), and let a bot update it.`,
  ]);
});

test.each([
  ["equal digests", on("debian", { digest }), on("debian", { digest }), "pass"],
  ["another digest", on("debian", { digest }), on("debian", { digest: digestOf("y") }), "fail"],
  ["another reference", on("debian:13", { digest }), on("debian:12", { digest: digestOf("y") }), "pass"],
  ["no digests and equal layers", on("debian"), on("debian"), "pass"],
  [
    "no digests and other layers",
    on("debian", { layers: "a" }),
    on("debian", { layers: "b" }),
    "inconclusive",
  ],
  [
    "one digest and other layers",
    on("debian", { digest, layers: "a" }),
    on("debian", { layers: "b" }),
    "inconclusive",
  ],
  ["scratch", on("scratch"), on("scratch"), "pass"],
  ["no Dockerfile", unknown, on("debian"), "inconclusive"],
])("the base image's digest: %s", (_, head, base, verdict) => {
  expect(told("same-base-digest", "fail", { head, base })?.verdict).toBe(verdict);
});

test("without a base, the digest is unknown, except for a new Dockerfile", () => {
  const missing = (reason: "new" | "build-failed") => ({
    head: on("debian"),
    baseMissing: { reason, message: "" },
  });
  expect(told("same-base-digest", "fail", missing("new"))).toBeNull();
  expect(told("same-base-digest", "fail", missing("build-failed"))).toMatchObject({
    verdict: "inconclusive",
    reason: "no-base",
  });
});

test("only stages that the target needs count", () => {
  const head = inspection({
    stages: { declared: 3, reachable: 1, inherits: false },
    unusedStages: [
      { name: "lint", line: 4 },
      { name: null, line: 9 },
    ],
  });
  expect(told("min-stages", "1", { head })?.verdict).toBe("pass");
  expect(told("min-stages", "2", { head })).toMatchObject({ verdict: "fail", actual: 1 });
  expect(told("no-unused-stages", "fail", { head })).toMatchObject({
    verdict: "fail",
    actual: 2,
    sentence: "The target does not need these stages: lint (line 4) and line 9.",
  });
  expect(told("no-unused-stages", "fail", { head: inspection() })?.verdict).toBe("pass");
  for (const rule of ["min-stages", "no-unused-stages"] as const) {
    const setting = rule === "min-stages" ? "2" : "fail";
    expect(told(rule, setting, { head: unknown })?.verdict).toBe("inconclusive");
  }
});

test("hostile names are no reference, and match nothing", () => {
  for (const text of hostileTexts) {
    const head = inspection({
      baseImage: { written: text, resolved: text, digest: null },
      sources: [{ use: "from", written: text, resolved: text, line: 1 }],
    });
    expect(told("allowed-base-images", "**", { head })?.verdict).toBe("fail");
    expect(told("pinned-base-image", "fail", { head })?.verdict).toBe("fail");
  }
});
