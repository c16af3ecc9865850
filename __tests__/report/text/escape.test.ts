import fc from "fast-check";
import { expect, test } from "vitest";
import {
  annotationText,
  breakableCode,
  markdownCode,
  markdownText,
  terminalText,
} from "../../../src/report/text/escape.ts";
import { hasCmark, linksAndTags, linksAndTagsByCmark, shownText } from "../../helpers/markdown-oracle.ts";
import { hostileTexts } from "../../helpers/situations.ts";

const pieces = fc.constantFrom(
  ..."@#[](){}<>!|`*_~\\\"'&;:/.-+=$^ \t\n\r0a",
  ...[
    "www.",
    "http://",
    "https://x.y",
    "mailto:a@b.co",
    "a@b.co",
    "&#64;",
    "&lt;",
    "<!--",
    "-->",
    "<b>",
    "</code>",
  ],
  ...[
    "closes #1",
    "GH-1",
    "deadbeef",
    "owner/repo#1",
    "\u202e",
    "\u200b",
    "\u00a0",
    "\u0301",
    "\u001b[31m",
    "\ud800",
    "👍",
  ],
  ...["##[", "::add-mask::x", "1. ", "- ", "> ", "# ", "***", "|---|", "word", "/opt/some_thing/"],
);
const hostile = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));

/** Every place in a report where untrusted text can appear. */
const contexts: readonly ((markdown: string) => string)[] = [
  (markdown) => markdown,
  (markdown) => `### ❌ ${markdown} is 1 MB: over`,
  (markdown) => `| a | b |\n|---|---:|\n| x | ${markdown} |\n`,
  (markdown) => `- **+1 MB** ${markdown}<br>${markdown} 3 MB`,
  (markdown) => `> **No base.** ${markdown} Undecided.`,
  (markdown) => `<details>\n<summary>❌ ${markdown}</summary>\n\n- ${markdown}\n\n</details>`,
];

test("untrusted text creates no link, image, tag or reference in any place", () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom(...contexts), (text, context) => {
      expect(linksAndTags(context(markdownCode(text)))).toEqual([]);
      expect(linksAndTags(context(breakableCode(text)))).toEqual([]);
      expect(linksAndTags(context(markdownText(text)))).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

test.skipIf(!hasCmark)("GitHub's own parser finds none either", () => {
  const texts = [...hostileTexts, ...fc.sample(hostile, { numRuns: 2000, seed: 7 })];
  const document = texts.flatMap((text) =>
    contexts.flatMap((context) =>
      [markdownCode, breakableCode, markdownText].map((write) => context(write(text))),
    ),
  );
  expect(linksAndTagsByCmark(document.join("\n\n"))).toEqual([]);
});

test("code shows exactly the text, with invisible characters written out", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(shownText(markdownCode(text, 10_000))).toBe(withInvisibleWritten(text));
      expect(shownText(breakableCode(text, 10_000))).toBe(withInvisibleWritten(text));
    }),
  );
  expect(shownText(markdownCode("a\u202eb\nc|d`e"))).toBe("a\\u{202e}b\\u{a}c|d`e");
});

test("a path may break after its separators if it has no hyphen or space, and a long word anywhere", () => {
  expect(breakableCode("/bin/go")).toBe("<code>/bin/go</code>");
  expect(breakableCode("/usr/share/doc/golang_src/a.b")).toBe(
    "<code>/usr/<wbr>share/<wbr>doc/golang&#95;<wbr>src/a.b</code>",
  );
  expect(breakableCode("golang@sha256:0123456789abcdef0123456789abcdef")).toBe(
    "<code>golang<!-- -->&#64;<!-- --><wbr>sha256:<wbr>0123456789abcd<wbr>ef0123456789ab<wbr>cdef</code>",
  );
  expect(breakableCode("see https://evil.example")).toBe(
    "<code>see https&#58;/<wbr>/evil.<wbr>example</code>",
  );
  expect(breakableCode("RUN make -j 4 all")).toBe("<code>RUN make -j 4 all</code>");
});

test("does not change a message in plain words", () => {
  const message = "The base commit could not be fetched: main has no Dockerfile (yet), after 3 tries.";
  expect(markdownText(message)).toBe(message);
  expect(markdownText("see app/main.go (line 3)")).toBe("see <code>app/main.go</code> (line <code>3</code>)");
});

/** Reports whether the runner would execute a line: the rule of its ActionCommand.TryParse and TryParseV2. */
function isCommand(line: string): boolean {
  return line.trimStart().startsWith("::") || line.includes("##[");
}

test("text for terminals and annotations is one line and never a runner command", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const line of [terminalText(text), annotationText(text)]) {
        expect(isCommand(line)).toBe(false);
        // The terminal's report breaks lines at spaces.
        expect(line.split(" ").filter((word) => isCommand(word))).toEqual([]);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0]/u);
      }
    }),
  );
});

test("long texts lose their middle, without broken characters", () => {
  expect(terminalText("abcdefghij", 5)).toBe("abc…j");
  expect(terminalText("👍".repeat(10), 5)).toBe("👍👍👍…👍");
  expect([...terminalText("x".repeat(10_000_000), 120)]).toHaveLength(120);
});

/** Writes out invisible characters: an independent version of the rule. */
function withInvisibleWritten(text: string): string {
  return text
    .toWellFormed()
    .replace(
      /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}|(?<=\p{M}{2})\p{M}/gu,
      (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
    );
}
