import fc from "fast-check";
import { expect, test } from "vitest";
import { harmlessLine } from "../../src/process/harmless-line.ts";

/**
 * Applies the runner's rule (actions/runner ActionCommand.cs TryParseV2, TryParse), but more strictly: it
 * accepts any name, and ignores white space and invisible characters in between.
 */
function isCommand(line: string): boolean {
  const seen = line.replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "");
  return [line, seen].some((text) => /^[\s\u0085\u200b]*::/u.test(text) || text.includes("##["));
}

const breaks = ["\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "\v", "\f"];
const pieces = [
  ...breaks,
  ...[
    "#",
    "##",
    "##[",
    "[",
    "]",
    ":",
    "::",
    "add-mask",
    "set-output name=a::",
    "error",
    " ",
    "\t",
    "\u00a0",
    "\u2003",
  ],
  ...[
    "\u200b",
    "\u00ad",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u180e",
    "\u0000",
    "\u001b",
    "\u001b[31m",
    "\u001b]8;;x\u0007",
  ],
  ...[
    "\u009b",
    "\u009b0m",
    "\u{e0001}",
    "\ufe0f",
    "\ud800",
    "\udc00",
    "\ufffe",
    "é",
    "😀",
    "\u0301",
    "\\",
    "%0A",
  ],
];
const hostile = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...pieces) },
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(""));

test("no text becomes a workflow command, in 120,000 strings", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(isCommand(harmlessLine(text))).toBe(false);
    }),
    { numRuns: 120_000 },
  );
}, 60_000);

test("returns one visible line of bounded length, and does not change it a second time", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const line = harmlessLine(text);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(line.length).toBeLessThanOrEqual(1500);
      expect(harmlessLine(line)).toBe(line);
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  ["::set-output name=result::pass", ": :set-output name=result::pass"],
  ["\u2003\u00a0::add-mask::x", "\u2003\u00a0: :add-mask::x"],
  ["#9 0.412 ##[set-output name=result;]pass", "#9 0.412 ## [set-output name=result;]pass"],
  ["###[error]x", "### [error]x"],
  ["#\u200b#\u001b[0m[add-mask]e", "## [add-mask]e"],
  ["\u001b[31mred\u001b[0m", "red"],
  ["a\r::error::b", "a ::error::b"],
  ["a\tb", "a  b"],
  ["abc\u202egnp.exe", "abcgnp.exe"],
  ["ordinary: text :: with # signs", "ordinary: text :: with # signs"],
])("shows %j as %j", (text, shown) => {
  expect(harmlessLine(text)).toBe(shown);
});

test("cuts an endless line with a remark", () => {
  for (const unit of ["a", "\u001b[", "\u001b];", ";a", "##[", "\u001b[1;", " ", "::"]) {
    const line = harmlessLine(unit.repeat(5_000_000));
    expect(line.length).toBeLessThan(2000);
    expect(line.endsWith("…")).toBe(true);
  }
});
