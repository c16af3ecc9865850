import { expect, test } from "vitest";
import { rowsOf } from "../../../src/report/model/rows.ts";
import { inText } from "../../../src/report/text/sentence.ts";
import { auditedImage, inspection, packageManager, shell } from "../../helpers/inspection.ts";

const sh = shell("/bin/sh");
const bash = shell("/bin/bash");
const apt = packageManager("/usr/bin/apt");

test.for([
  ["one more", [sh], [], "+1 program"],
  ["several fewer", [], [sh, bash], "−2 programs"],
  ["others instead", [bash], [sh], "+1 and −1 programs"],
  ["the same", [sh], [sh], "same"],
] as const)("%s: the row names what it counts", ([, head, base, change]) => {
  const image = auditedImage({
    head: inspection({ shells: [...head] }),
    base: inspection({ shells: [...base] }),
  });
  const row = rowsOf(image).find(({ label }) => label === "Distroless");
  expect(inText(row?.change ?? []).replaceAll("\u00a0", " ")).toBe(change);
});

test("shells and package managers are counted together", () => {
  const image = auditedImage({
    head: inspection({ shells: [sh], packageManagers: [apt] }),
    base: inspection(),
  });
  const row = rowsOf(image).find(({ label }) => label === "Distroless");
  expect(inText(row?.change ?? [])).toBe("+2 programs");
});

test.for([
  ["is not exceeded", { base: 90 }, "pass", "warns above 100 B; warns above +20 B"],
  ["is exceeded, and so is shown as a warning", { base: 70 }, "warn", "above 90 B; above +20 B"],
  ["cannot be decided", { base: null }, "inconclusive", "warns above 100 B; unknown whether above +20 B"],
] as const)("shows a warning limit that %s", ([, { base }, verdict, remarks]) => {
  const warnSize = verdict === "warn" ? "90" : "100";
  const image = auditedImage({
    head: inspection({ size: 100 }),
    ...(base === null ? {} : { base: inspection({ size: base }) }),
    policy: { "warn-size": warnSize, "warn-increase": "20" },
  });
  const row = rowsOf(image).find(({ label }) => label === "Image size");
  const shown = row?.remarks.map(({ text }) => inText(text).replaceAll("\u00a0", " "));
  expect(shown?.join("; ")).toBe(remarks);
  expect(row?.remarks.at(-1)?.verdict).toBe(verdict);
});
