import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { renderJson } from "../../../src/report/machine/json.ts";
import { renderInspectionMarkdown } from "../../../src/report/markdown/inspection.ts";
import { renderStages } from "../../../src/report/terminal/stages.ts";
import { renderTerminal } from "../../../src/report/terminal/terminal.ts";
import { padStart, widthOf, wrap } from "../../../src/report/terminal/text-layout.ts";
import {
  audit,
  auditedImage,
  baseLayers,
  buildTool,
  inspection,
  layer,
  packageManager,
  shell,
} from "../../helpers/inspection.ts";
import { situations } from "../../helpers/situations.ts";

const all = [...situations].map(([name, make]) => [name, make()] as const);

test.for(all)("%s has the same text in colour", ([, audit]) => {
  const looks = { columns: 100, colour: false };
  const coloured = renderTerminal(audit, { ...looks, colour: true });
  expect(coloured).toContain("\u001b[");
  expect(stripVTControlCharacters(coloured)).toBe(renderTerminal(audit, looks));
});

test.for(all)("%s has no control character and no runner command at any width", ([, audit]) => {
  for (let columns = 40; columns <= 120; columns++) {
    for (const line of renderTerminal(audit, { columns, colour: false }).split("\n")) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u00a0]|##\[|^\s*::/u);
    }
  }
});

test("words do not exceed a narrow terminal", () => {
  const audit = situations.get("over-budget-not-distroless")?.();
  if (audit === undefined) throw new Error("no such situation");
  const lines = renderTerminal(audit, { columns: 64, colour: false }).split("\n");
  // Paths and digests are not broken, so that users can copy them.
  const long = lines.filter((line) => widthOf(line) > 64 && !/\/\w|[0-9a-f]{40}/.test(line));
  expect(long).toEqual([]);
});

test("names of images that would widen the table are below it, in full", () => {
  const name = (variant: string) =>
    `registry.example.com/platform/base-images/node-${variant}:24-bookworm-slim`;
  const side = (variant: string) =>
    inspection({ baseImage: { written: "", resolved: name(variant), digest: null } });
  const text = renderTerminal(audit([auditedImage({ head: side("b"), base: side("a") })]), {
    columns: 80,
    colour: false,
  });
  const lines = text.split("\n");
  expect(lines.filter((line) => /^ {2}\w/.test(line) && widthOf(line) > 80)).toEqual([]);
  expect(lines).toContain(`    ${name("a")} →`);
  expect(lines).toContain(`    ${name("b")}`);
});

test("every line of a paragraph has the width of the first one", () => {
  expect(wrap("one two three", 11, 4, 4)).toBe("one two\n    three");
});

test("widths are those of a terminal", () => {
  expect(["abc", "日本", "é", "e\u0301", "👍", "\u001b[31mred\u001b[39m"].map(widthOf)).toEqual([
    3, 4, 1, 1, 2, 3,
  ]);
  expect(padStart("日", 4)).toBe("  日");
  expect(wrap("one two three four", 9, 2)).toBe("one two\n  three\n  four");
});

const inspected = inspection({
  layers: [...baseLayers("debian", 80_800_000), layer("COPY dist/ /srv/ # buildkit", 8_400_000, { line: 3 })],
  baseImage: { written: "debian", resolved: "docker.io/library/debian:latest", digest: null },
  shells: [shell("/usr/bin/dash")],
  packageManagers: [packageManager("/usr/bin/apt-get")],
  buildTools: [buildTool("/usr/bin/pip")],
  family: "Debian GNU/Linux 13 (trixie)",
  user: null,
  entrypoint: ["/srv/server", "--port", "8080"],
  notes: ["Layer 2 has the path opt/a twice."],
});

test("the facts about one image are the reviewed ones", async () => {
  const text = renderTerminal({ name: "api:dev", inspection: inspected }, { columns: 100, colour: false });
  await expect(text).toMatchFileSnapshot("../../snapshots/inspect.txt");
  await expect(renderInspectionMarkdown("api:dev", inspected)).toMatchFileSnapshot(
    "../../snapshots/inspect.md",
  );
});

const from = { parent: null, replaced: false, reachable: true };
const golang = { written: "golang:1.24", resolved: "docker.io/library/golang:1.24" };
const stages = {
  stages: [
    { ...from, ...golang, index: 0, name: "build", line: 1 },
    { ...from, ...golang, index: 1, name: "lint", written: "build", parent: 0, line: 5, reachable: false },
    { ...from, index: 2, name: null, written: "scratch", resolved: "scratch", line: 9 },
  ],
  target: 2,
  baseImage: { written: "scratch", resolved: "scratch" },
  images: ["docker.io/library/busybox:latest"],
  sources: [
    { use: "from" as const, ...golang, line: 1 },
    { use: "copy" as const, written: "busybox", resolved: "docker.io/library/busybox:latest", line: 10 },
  ],
};

test("the stages are the reviewed ones, and are data in JSON", async () => {
  await expect(renderStages(stages, { columns: 100, colour: false })).toMatchFileSnapshot(
    "../../snapshots/stages.txt",
  );
  expect(JSON.parse(renderJson(stages))).toEqual(stages);
});
