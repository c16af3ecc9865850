import { expect, test } from "vitest";
import { renderComment } from "../../../src/report/markdown/comment.ts";
import { renderInspectionMarkdown } from "../../../src/report/markdown/inspection.ts";
import { situations } from "../../helpers/situations.ts";

/** Width of a comment in pixels, on a phone 390 pixels wide. */
const room = 358;
/** Widths in pixels, for rather wide fonts. */
const cell = { padding: 27, letter: 7.4, codeLetter: 7.3, codePadding: 11, emoji: 20 };

test.for([...situations.keys()])("a phone shows all tables of the comment of %s completely", (name) => {
  const audit = situations.get(name)?.();
  if (audit === undefined) throw new Error(`no situation ${name}`);
  const markdown = [
    renderComment(audit, {}),
    ...audit.images.map(({ name, head }) => renderInspectionMarkdown(name, head)),
  ];
  for (const table of markdown.flatMap(tablesOf)) {
    expect(narrowest(table), table.map((row) => row.join(" | ")).join("\n")).toBeLessThanOrEqual(room);
  }
});

type Table = readonly (readonly string[])[];

function tablesOf(markdown: string): readonly Table[] {
  return markdown
    .split("\n\n")
    .filter((block) => block.startsWith("| "))
    .map((block) =>
      block
        .split("\n")
        .filter((line) => line.startsWith("| "))
        .map((line) => line.slice(2, -2).split(" | ")),
    );
}

/** Returns the minimum width of a table: browsers break lines only at spaces, hyphens, <br> and <wbr>. */
function narrowest(table: Table): number {
  const columns = Math.max(...table.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) =>
    Math.max(...table.map((row) => cell.padding + widestPiece(row[column] ?? ""))),
  ).reduce((sum, width) => sum + width, 0);
}

function widestPiece(markdown: string): number {
  const code = [...markdown.matchAll(/<code>(.*?)<\/code>/g)].flatMap(([, text = ""]) =>
    pieces(text).map((piece) => cell.codePadding + piece.length * cell.codeLetter),
  );
  const words = pieces(markdown.replace(/<code>.*?<\/code>/g, " ")).map((piece) =>
    /\p{Emoji_Presentation}|⚠/u.test(piece) ? cell.emoji : piece.length * cell.letter,
  );
  return Math.max(0, ...code, ...words);
}

function pieces(markdown: string): readonly string[] {
  return markdown
    .replace(/<br>/g, " ")
    .replace(/<!-- -->/g, "")
    .replace(/&#?\w+;/g, "x")
    .split(/ |<wbr>|(?<=\w-)/);
}
