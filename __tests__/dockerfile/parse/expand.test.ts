// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is Dockerfile syntax for variables
import { expect, test } from "vitest";
import { expandWord } from "../../../src/dockerfile/parse/expand.ts";

const variables = new Map([
  ["V", "foo.tar.gz"],
  ["EMPTY", ""],
  ["N", "name"],
]);

const expand = (word: string, escapeToken: "\\" | "`" = "\\") =>
  expandWord(word, variables, { escapeToken, line: 7 });

test.each([
  ["$N-${N}", "name-name"],
  ["${UNSET-a}${UNSET:-b}${EMPTY-c}${EMPTY:-d}", "abd"],
  ["${N+a}${EMPTY+b}${EMPTY:+c}${UNSET+d}", "ab"],
  ["${UNSET:-${EMPTY:-${N}}}", "name"],
  ["${V#*.}|${V##*.}|${V%.*}|${V%%.*}", "tar.gz|gz|foo.tar|foo"],
  ["${V/o/0}|${V//o/0}|${V//[/x}|${V/t?r/T}", "f0o.tar.gz|f00.tar.gz|foo.tar.gz|foo.T.gz"],
  ["${V//./'<$0$$>'}", "foo<.$>tar<.$>gz"],
  [`"$N"'$N'\\$N`, "name$N$N"],
  ["${N?never}", "name"],
])("expands %s like BuildKit", (word, expanded) => {
  expect(expand(word)).toBe(expanded);
});

test("the escape directive's character replaces the backslash", () => {
  expect(expand("`$N\\", "`")).toBe("$N\\");
});

test.each([
  ["${UNSET?no version}", /line 7: .*UNSET: no version/],
  ["${EMPTY:?}", /EMPTY: is not allowed to be empty/],
  ["${V:#x}", /unsupported modifier \(:#\)/],
  ["${", /missing '}'/],
  ["'a", /single-quote/],
  ["${V#\\a}", /invalid escape/],
])("refuses %s, with the line", (word, message) => {
  expect(() => expand(word)).toThrow(message);
});

test("matches a pattern that would make a regular expression backtrack endlessly", () => {
  const value = new Map([["A", "a".repeat(5000)]]);
  expect(expandWord("${A#*a*a*a*a*a*a*a*a*a*a*b}", value, { escapeToken: "\\", line: 1 })).toHaveLength(5000);
});

test.each([
  ["nested too deeply", `${"${A:-".repeat(10_000)}${"}".repeat(10_000)}`],
  ["longer than", "$B".repeat(20)],
  ["longer than", "${B//b/$B}"],
  ["longer than", `\${B//*/'${"$0".repeat(12)}'}`],
])("refuses a word that would exhaust memory: %s", (message, word) => {
  const value = new Map([["B", "b".repeat(100_000)]]);
  expect(() => expandWord(word, value, { escapeToken: "\\", line: 1 })).toThrow(message);
});
