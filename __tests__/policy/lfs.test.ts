import { expect, test } from "vitest";
import type { LayerOrigin } from "../../src/inspect/inspection.ts";
import type { Subject } from "../../src/policy/finding.ts";
import { judge } from "../../src/policy/judge.ts";
import { inspection, layer, policy } from "../helpers/inspection.ts";

function subjectOf(origin: LayerOrigin): Subject {
  const layers = [{ ...layer("COPY . /app", 130), origin }];
  const head = inspection({ layers, lfsPointers: [{ path: "/app/model.bin", layer: 0 }] });
  const message = "Dockerfile is new: main has no such Dockerfile.";
  return { head, base: null, baseMissing: { reason: "new", message }, comparison: null };
}

function verdictOf(subject: Subject, rule: string, limit: string) {
  const { findings } = judge(subject, policy({ [rule]: limit, distroless: "off" }));
  return findings.find((finding) => finding.rule === rule);
}

test.each([
  ["max-size", "1MB"],
  ["warn-size", "1MB"],
  ["max-unpacked-size", "1MB"],
  ["max-layer-size", "1MB"],
  ["max-waste", "1MB"],
  ["paths", "/app: 1MB"],
])("a Git LFS pointer leaves %s undecided", (rule, limit) => {
  const pathSizes = [{ pattern: "/app", bytes: 130 }];
  expect(verdictOf({ ...subjectOf("own"), pathSizes }, rule, limit)).toMatchObject({
    verdict: "inconclusive",
    reason: "lfs-pointers",
    paths: ["/app/model.bin"],
  });
});

test("a size over its limit fails despite pointers, and pointers of the base image do not count", () => {
  expect(verdictOf(subjectOf("own"), "max-size", "100")).toMatchObject({ verdict: "fail" });
  expect(verdictOf(subjectOf("base-image"), "max-size", "1MB")).toMatchObject({ verdict: "pass" });
});
