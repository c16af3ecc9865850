import { expect, test } from "vitest";
import { startNotes } from "../../../src/report/model/measured.ts";
import { rowsOf } from "../../../src/report/model/rows.ts";
import { inText } from "../../../src/report/text/sentence.ts";
import { auditedImage, inspection, packageManager, shell, startOf } from "../../helpers/inspection.ts";
import { plainText } from "../../helpers/plain-text.ts";

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
  expect(plainText(row?.change ?? [])).toBe(change);
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
  const shown = row?.remarks.map(({ text }) => plainText(text));
  expect(shown?.join("; ")).toBe(remarks);
  expect(row?.remarks.at(-1)?.verdict).toBe(verdict);
});

test.for([
  ["yes", "no", "changed"],
  ["no", "no", "same"],
  ["unknown", "yes", "changed"],
] as const)("the row on its start: head %s, base %s, %s", ([head, base, change]) => {
  const problems = (verdict: string) =>
    verdict === "no"
      ? ["libssl.so.3", "libz.so.1"].map((needs) => ({
          class: "library-missing" as const,
          path: "/app/server",
          needs,
          found: "this image does not have it",
        }))
      : [];
  const side = (verdict: "yes" | "no" | "unknown") =>
    inspection({ start: startOf(verdict, { problems: problems(verdict) }) });
  const row = rowsOf(auditedImage({ head: side(head), base: side(base) })).find(
    ({ label }) => label === "Starts",
  );
  expect(row).toMatchObject({ head: [head], base: [base], change: [change] });
  expect(row?.details).toEqual(head === "no" ? ["/app/server"] : []);
});

test("notes on its start are at most five of each kind", () => {
  const many = (what: string) => Array.from({ length: 9 }, (_, index) => `${what} ${index}.`);
  const start = startOf("unknown", { unproven: many("doubt"), hints: many("hint") });
  const notes = startNotes(inspection({ start })).map((note) => inText(note));
  expect(notes).toHaveLength(10);
  expect(notes[0]).toBe("Start, not proven: doubt 0.");
  expect(notes[5]).toBe("Start, hint: hint 0.");
});
