import { spawnSync } from "node:child_process";
import { marked, type Token, type Tokens } from "marked";

/** The tags of reports. Everything else that a parser takes for HTML comes from untrusted input. */
const ourTags =
  /^(?:<\/?(?:code|sub|details|summary)>|<w?br>|<!-- (?:image-audit [\w./-]+ )?-->|<!-- image-audit ci\.yml\/image -->)$/;

/** What GitHub turns into links outside code: mentions, issues, commits, addresses. */
const reference = /@\w|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|:\/\/|www\.|!\[/i;

/**
 * Returns the links, images, foreign tags and references in the rendered Markdown, according to the parser
 * `marked`.
 * @param isOurs reports whether we linked an address ourselves
 */
export function linksAndTags(
  markdown: string,
  isOurs: (address: string) => boolean = () => false,
): readonly string[] {
  const found: string[] = [];
  let codeDepth = 0;
  visit(marked.lexer(markdown, { gfm: true }));
  return found;

  function visit(tokens: readonly Token[]): void {
    for (const token of tokens) {
      if (token.type === "link" || token.type === "image") {
        if (!isOurs((token as Tokens.Link).href)) found.push(token.raw);
        continue;
      }
      if (token.type === "html") {
        for (const tag of token.raw.match(/<!--[\s\S]*?-->|<[^>]*>?/g) ?? []) visitTag(tag);
        const outside = token.raw.replace(/<code>[\s\S]*?<\/code>/g, "");
        if (token.block === true && reference.test(outside.replace(/<[^>]*>/g, ""))) found.push(outside);
        continue;
      }
      if (["strong", "em", "del", "codespan", "code"].includes(token.type) && isForeignStyle(token))
        found.push(token.raw);
      if (token.type === "table") {
        const table = token as Tokens.Table;
        for (const cell of [table.header, ...table.rows].flat()) visit(cell.tokens);
      } else if (token.type === "list") {
        for (const item of (token as Tokens.List).items) visit(item.tokens);
      } else if ("tokens" in token && token.tokens !== undefined) {
        visit(token.tokens);
      } else if (token.type === "text" && codeDepth === 0 && reference.test(token.text)) {
        found.push(token.raw);
      }
    }
  }

  function visitTag(tag: string): void {
    if (tag === "<code>") codeDepth++;
    if (tag === "</code>") codeDepth--;
    if (!ourTags.test(tag)) found.push(tag);
  }
}

/** Reports whether a style is not one of ours: bold amounts and titles. */
function isForeignStyle(token: Token): boolean {
  return token.type !== "strong" || !/^\*\*(?:[+−±]|What |No base|Layers|Notes)/.test(token.raw);
}

/** Whether cmark-gfm, GitHub's parser, is installed. The Debian package has the same name. */
export const hasCmark = spawnSync("cmark-gfm", ["--version"]).error === undefined;

/** Does the same as linksAndTags, with cmark-gfm. */
export function linksAndTagsByCmark(
  markdown: string,
  isOurs: (address: string) => boolean = () => false,
): readonly string[] {
  const extensions = ["table", "autolink", "strikethrough", "tasklist"].flatMap((name) => ["-e", name]);
  const run = spawnSync("cmark-gfm", [...extensions, "--unsafe", "-t", "xml"], {
    input: markdown,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.error !== undefined) throw run.error;
  const found: string[] = [];
  for (const [, address = ""] of run.stdout.matchAll(/<(?:link|image) destination="([^"]*)"/g)) {
    if (!isOurs(address)) found.push(address);
  }
  for (const [, html = ""] of run.stdout.matchAll(/<html_inline[^>]*>([^<]*)<\/html_inline>/g)) {
    const tag = html
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&");
    if (!ourTags.test(tag)) found.push(tag);
  }
  for (const [style] of run.stdout.matchAll(/<(?:emph|strikethrough|code|code_block|footnote)[ >]/g))
    found.push(style);
  return found;
}

/** Returns the visible text of one line of Markdown, without tags and with entities decoded. */
export function shownText(markdown: string): string {
  const html = marked.parseInline(markdown, { async: false });
  return html
    .replace(/<!--[\s\S]*?-->|<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
