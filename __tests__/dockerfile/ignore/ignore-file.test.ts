import { expect, test } from "vitest";
import { parseIgnoreFile } from "../../../src/dockerfile/ignore/ignore-file.ts";

const ignores = (text: string, path: string) => parseIgnoreFile(text).ignores(path);

// BuildKit gave these answers. Random cases are in ignore-file.engine.test.ts.
test.each([
  ["a", "a", true],
  ["a", "a/b/c", true],
  ["a", "b/a", false],
  ["a", "ab", false],
  ["/a", "a", true],
  ["a/", "a", true],
  ["./a//b/../c", "a/c", true],
  ["  a\t", "a", true],
  ["a ", "a ", false],
  ["#a", "#a", false],
  [" #a", "#a", true],
  ["\ufeffa", "a", true],
  ["b\r\na\r", "a", true],
  ["*", "a/b", true],
  ["*", ".git", true],
  ["*.md", "a.md", true],
  ["*.md", "a/a.md", false],
  ["a/*", "a", false],
  ["a/*", "a/b/c", true],
  ["?", "é", true],
  ["a?", "a/", false],
  ["**/a", "a", true],
  ["**/a", "b/c/a/d", true],
  ["**/a", "ba", false],
  ["**a", "b/ca", true],
  ["**/*.md", "a.md", true],
  ["**/*.md", "b/c/a.md", true],
  ["a/**", "a", false],
  ["a/**", "a/b", true],
  ["a**", "ab/c", true],
  ["a/**/b", "a/b", true],
  ["a/**/b", "a/c/d/b", true],
  ["a/**/b", "ab", false],
  ["**", "a", true],
  ["[ab]", "b", true],
  ["[a-c]", "d", false],
  ["[^a]", "b", true],
  ["a[^x]b", "a/b", true],
  ["[\\]]", "]", true],
  ["\\*", "*", true],
  ["\\*", "a", false],
  ["a.b", "axb", false],
  ["a+(b)$|{c}", "a+(b)$|{c}", true],
  ["*(b)", "a(b)", true],
  ["*\n!a", "a/b", false],
  ["*\n!a/b", "a/b", false],
  ["*\n!a/b", "a/c", true],
  ["*\n!a/b", "a", true],
  ["a\n!a\na", "a", true],
  ["a\n! /a ", "a", false],
  ["!a\na", "a", true],
  ["**\n!**/*.go\n**/x_test.go", "a/x_test.go", true],
  // Each directory on the path is tested: the last line cannot change a, and is then tested with a/b only.
  ["a\n!a/b\na", "a/b", false],
  // `^` at the start is Go's, `\d` is a digit: an invalid pattern ignores nothing.
  ["\\d*", "d", false],
  ["[b-a]", "a", false],
  ["[a", "[a", false],
  [".", "a", false],
  ["..", "a", false],
  ["/", "a", false],
])("%j: whether %j is ignored is %s", (text, path, expected) => {
  expect(ignores(text, path)).toBe(expected);
});

test.each([
  ["many stars", `${"*a".repeat(30)}*b`, "a".repeat(250)],
  ["many deep stars", `${"**/a".repeat(30)}/b`, "a/".repeat(120)],
  ["both", `${"**/*a*".repeat(40)}b`, `${"aaaa/".repeat(40)}a`],
  ["five stars against a long name", "*a*a*a*a*ab", "a".repeat(4000)],
  ["classes", `${"*[a-z]".repeat(50)}!`, "a".repeat(250)],
])("matches a pattern quickly that makes other matchers backtrack: %s", (_, pattern, path) => {
  expect(ignores(pattern, path)).toBe(false);
});

test("refuses patterns that take too long to match, whether one or many", () => {
  const path = "a/".repeat(2000);
  for (const text of [
    "*a".repeat(500_000),
    "*a\n".repeat(300_000),
    "b\n".repeat(500_000),
    `${"x".repeat(1e6)}\n`,
  ]) {
    const file = parseIgnoreFile(text);
    const ask = () => {
      for (let times = 0; times < 200; times++) file.ignores(path);
    };
    expect(ask).toThrow("take too long");
  }
});
