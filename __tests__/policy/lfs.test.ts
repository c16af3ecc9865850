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
  const [finding] = judge(subject, policy({ [rule]: limit, distroless: "off" })).findings;
  return finding;
}

test.each(["max-size", "warn-size"])("a Git LFS pointer leaves %s undecided", (rule) => {
  expect(verdictOf(subjectOf("own"), rule, "1MB")).toMatchObject({
    verdict: "inconclusive",
    reason: "lfs-pointers",
    paths: ["/app/model.bin"],
  });
});

test("a size over its limit fails despite pointers, and pointers of the base image do not count", () => {
  expect(verdictOf(subjectOf("own"), "max-size", "100")).toMatchObject({ verdict: "fail" });
  expect(verdictOf(subjectOf("base-image"), "max-size", "1MB")).toMatchObject({ verdict: "pass" });
});
