import { expect, test } from "vitest";
import { rowsOf } from "../../src/report/rows.ts";
import { inText } from "../../src/report/sentence.ts";
import { auditedImage, inspection, packageManager, shell } from "../helpers/inspection.ts";

const sh = shell("/bin/sh");
const bash = shell("/bin/bash");
const apt = packageManager("/usr/bin/apt");

test.for([
  ["one more", [sh], [], "+1 program"],
  ["several fewer", [], [sh, bash], "−2 programs"],
  ["others instead", [bash], [sh], "+1 and −1 programs"],
  ["the same", [sh], [sh], "same"],
] as const)("%s: the row says what it counts", ([, head, base, change]) => {
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
  expect(inText(row?.change ?? [])).toBe("+2\u00a0programs");
});
