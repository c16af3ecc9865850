// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is Dockerfile syntax for variables
import { expect, test } from "vitest";
import { parseDockerfile } from "../../../src/dockerfile/parse/dockerfile.ts";

test("parses a Dockerfile into its ARGs and its stages, with lines", () => {
  const text =
    "ARG V=1\nFROM golang:${V} AS Build\nRUN --mount=type=cache,target=/c make \\\n  all\nFROM scratch\nCOPY --from=build /a /b\n";
  const { metaArgs, stages } = parseDockerfile(text);
  expect(metaArgs).toMatchObject([{ keyword: "ARG", line: 1, text: "V=1" }]);
  expect(stages).toMatchObject([
    {
      name: "build",
      base: "golang:${V}",
      from: { line: 2 },
      instructions: [
        { keyword: "RUN", line: 3, endLine: 4, flags: ["--mount=type=cache,target=/c"], text: "make   all" },
      ],
    },
    {
      name: null,
      base: "scratch",
      instructions: [{ keyword: "COPY", line: 6, flags: ["--from=build"], text: "/a /b" }],
    },
  ]);
});

test("inline documents belong to their instruction, and the lines after them keep their numbers", () => {
  const { stages } = parseDockerfile("FROM a\nRUN <<EOF\nUSER x\nEOF\nUSER y\n");
  expect(stages[0]?.instructions).toMatchObject([
    { keyword: "RUN", line: 2, endLine: 4, heredocs: [{ name: "EOF", content: "USER x\n" }] },
    { keyword: "USER", line: 5 },
  ]);
});

test.each([
  ["FROM a\nRUNN x\n", /line 2: unknown instruction "RUNN"; the nearest is RUN/],
  ["FROM a\n\n# c\nCOPY x\n", /line 4: COPY needs a source and a destination/],
  ["RUN x\nFROM a\n", /line 1: RUN appears before the first FROM/],
  ["FROM a\nRUN <<EOF\nx\n", /line 2: the here-document "EOF" has no end/],
  ["FROM a AS 1x\n", /line 1: "1x" cannot name a stage/],
  ["ARG a\n", /has no FROM/],
  ["", /has no FROM/],
])("refuses what BuildKit refuses, with the line: %j", (text, message) => {
  expect(() => parseDockerfile(text)).toThrow(
    expect.objectContaining({ code: "dockerfile-invalid", message: expect.stringMatching(message) }),
  );
});

test("a message quotes the Dockerfile on one short line", () => {
  const attempt = () => parseDockerfile(`FROM a\n${"X".repeat(5000)}\u001b[31m\n`);
  expect(attempt).toThrow(/^[\x20-\x7e…]{1,300}$/);
});

test("refuses a Dockerfile above 1 MiB before parsing", () => {
  expect(() => parseDockerfile(`FROM a\n${"# comment\n".repeat(110_000)}`)).toThrow(/larger than 1 MiB/);
});

test.each([
  ["many instructions", `FROM a\n${"ENV a b\n".repeat(130_000)}`],
  ["one instruction of many lines", `FROM a\nRUN x${" \\\n".repeat(340_000)} y\n`],
  ["one instruction of many words", `FROM a\nRUN ${`${"a ' \" << <<< \\ ".repeat(4000)}\\\n`.repeat(15)}\n`],
  ["many comments inside an instruction", `FROM a\nRUN x \\\n${"#\n".repeat(500_000)}`],
  ["spaces in a directive", `# syntax=docker/dockerfile:1${" ".repeat(65_000)}b\nFROM a\n`],
  ["many inline documents", `FROM a\n${"RUN <<E\nx\nE\n".repeat(80_000)}`],
])("parses a hostile Dockerfile: %s", { timeout: 60_000 }, (_, text) => {
  expect(parseDockerfile(text).stages).toHaveLength(1);
});
