import { expect, test } from "vitest";
import type { AuditedImage } from "../../src/policy/audit-record.ts";
import { defaultMinChange } from "../../src/policy/keys.ts";
import { isWorthSaying } from "../../src/policy/worth-saying.ts";
import { audit, auditedImage, inspection, layer, shell } from "../helpers/inspection.ts";
import { situations } from "../helpers/situations.ts";

const sized = (size: number) => inspection({ layers: [layer("COPY a a", size)] });

function isSaid(image: AuditedImage): boolean {
  return isWorthSaying(audit([image]), defaultMinChange);
}

test("a change above the minimum is worth a comment in either direction, one below is not", () => {
  expect(isSaid(auditedImage({ head: sized(100_000_000), base: sized(100_099_000) }))).toBe(false);
  expect(isSaid(auditedImage({ head: sized(100_101_000), base: sized(100_000_000) }))).toBe(true);
  expect(isSaid(auditedImage({ head: sized(100_000_000), base: sized(100_101_000) }))).toBe(true);
});

test("a removed shell is worth a comment, and so is a different number of stages", () => {
  const policy = { distroless: "off" };
  expect(
    isSaid(auditedImage({ head: inspection(), base: inspection({ shells: [shell("/bin/sh")] }), policy })),
  ).toBe(true);
  expect(
    isSaid(
      auditedImage({
        head: inspection({ stages: { declared: 3, reachable: 2, inherits: false } }),
        base: inspection(),
      }),
    ),
  ).toBe(true);
});

test("neither a moved base image nor drift alone is a change", () => {
  const moved = situations.get("base-image-moved")?.();
  expect(moved && isWorthSaying(moved, defaultMinChange)).toBe(false);
});

test("every verdict other than pass is worth a comment", () => {
  for (const name of ["over-budget-not-distroless", "inconclusive-pull-size", "warn-only", "ended-early"]) {
    const one = situations.get(name)?.();
    expect(one && isWorthSaying(one, defaultMinChange)).toBe(true);
  }
});
