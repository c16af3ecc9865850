import fc from "fast-check";
import { expect, test } from "vitest";
import { firstCommand, plainCommand } from "../../../src/inspect/start/shell-words.ts";

test.for<[string, readonly string[], assignments?: readonly string[]]>([
  ["prog", ["prog"]],
  ["  prog a\tb \n", ["prog", "a", "b"]],
  ["\n\nprog", ["prog"]],
  [`prog 'a  $b' "c \\"d\\" \\e" f\\ g`, ["prog", "a  $b", 'c "d" \\e', "f g"]],
  [`pr'o'"g" '' ""`, ["prog", "", ""]],
  ["prog a\\\n b", ["prog", "a", "b"]],
  ["prog\r a\fb\v\u00a0", ["prog\r", "a\fb\v\u00a0"]],
  ["prog a#b A=c", ["prog", "a#b", "A=c"]],
  ["A=b C='d e' prog", ["prog"], ["A=b", "C=d e"]],
])("%j is one plain command", ([text, words, assignments = []]) => {
  expect(plainCommand(text)).toEqual(expect.objectContaining({ words, assignments, areWordsKnown: true }));
});

test.for<[string, readonly string[]]>([
  ["prog a $B c", ["prog", "a"]],
  ['prog "$B" c', ["prog"]],
  ["prog ${B:-c} d", ["prog"]],
  ["prog *.js", ["prog"]],
  ["prog {a,b} ~", ["prog"]],
])("%j is a plain command with unknown words", ([text, words]) => {
  expect(plainCommand(text)).toEqual(expect.objectContaining({ words, areWordsKnown: false }));
});

test.for([
  "",
  " \n",
  "# prog",
  "a && b",
  "a; b",
  "a;",
  "a &",
  "a | b",
  "a\nb",
  "a >b",
  "a 2>&1",
  "(a)",
  "$A b",
  "A=$B c",
  "A=b",
  "a $(b)",
  "a `b`",
  'a "$(b)"',
  "a 'b",
  'a "b',
  "a $'b'",
  "a \\",
  "{ a; }",
  "! a",
  "[ -f a ]",
  "prog # comment",
  `prog ${"x".repeat(40_000)}`,
])("%j is not one plain command", (text) => {
  expect(plainCommand(text)).toBe(null);
});

test.for<[string, readonly string[], string]>([
  ["curl -f http://localhost:$PORT/ || exit 1", ["curl", "-f"], "|| exit 1"],
  ["wget -q 2>&1", ["wget", "-q", "2"], ">&1"],
  ["a; b", ["a"], "; b"],
])("the first command of %j", ([text, words, rest]) => {
  expect(firstCommand(text)).toEqual(expect.objectContaining({ words, rest }));
});

test("any text is read to its end, or to the end of the first command", () => {
  const pieces = [
    "a",
    "A=",
    "'",
    '"',
    "\\",
    " ",
    "\n",
    "\t",
    "\r",
    "\f",
    "\u00a0",
    "$A",
    "${A:-b}",
    "$",
    "`",
    "#",
    "*",
    ";",
    "|",
    ")",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      const text = parts.join("");
      const rest = firstCommand(text)?.rest ?? "";
      expect(text.endsWith(rest)).toBe(true);
      expect(rest).toMatch(/^(?:[;|)\n#]|$)/);
    }),
  );
});
