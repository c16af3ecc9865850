import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeSummary } from "../../src/github/job-summary.ts";

async function summaryFile() {
  const directory = await mkdtemp(join(tmpdir(), "image-audit-summary-"));
  const path = join(directory, "summary.md");
  await writeFile(path, "before\n");
  return { path, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

test("appends a report to what the step has written before", async () => {
  await using file = await summaryFile();
  expect(await writeSummary({ GITHUB_STEP_SUMMARY: file.path }, "# Report\n")).toBeNull();
  expect(await readFile(file.path, "utf8")).toBe("before\n# Report\n");
});

test("cuts a long report after a line with a remark, and closes all details", async () => {
  await using file = await summaryFile();
  await writeFile(file.path, "");
  const line = "🐳".repeat(20);
  await writeSummary(
    { GITHUB_STEP_SUMMARY: file.path },
    `<details>\n${`${line}\n`.repeat(20_000)}</details>\n`,
  );
  const written = await readFile(file.path, "utf8");
  expect(Buffer.byteLength(written)).toBeLessThanOrEqual(1_000_000);
  expect(Buffer.byteLength(written)).toBeGreaterThan(990_000);
  const lines = written.split("\n").filter((line) => line !== "");
  expect(new Set(lines.slice(1, -2))).toEqual(new Set([line]));
  expect(lines.at(-2)).toBe("</details>");
  expect(lines.at(-1)).toContain("left out");
});

test("writes nothing without a summary", async () => {
  expect(await writeSummary({}, "# Report\n")).toBeNull();
});

test("gives a remark if the summary cannot be written", async () => {
  expect(await writeSummary({ GITHUB_STEP_SUMMARY: "/dev/null/summary" }, "# Report\n")).toContain("ENOTDIR");
});
