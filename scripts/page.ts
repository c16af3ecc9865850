import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { marked } from "marked";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);

/**
 * Returns a page that shows Markdown much as GitHub shows a comment, in the reader's light or dark scheme.
 */
export function pageOf(title: string, markdown: string): string {
  const style = readFileSync(require.resolve("github-markdown-css/github-markdown.css"), "utf8");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</title>
<style>
${style}
:root { color-scheme: light dark; }
body { margin: 0; background: light-dark(#ffffff, #0d1117); }
.markdown-body { box-sizing: border-box; max-width: 800px; margin: 24px auto; padding: 16px;
  border: 1px solid light-dark(#d1d9e0, #3d444d); border-radius: 6px; font-size: 14px; }
@media (max-width: 500px) { .markdown-body { margin: 0; border: 0; } }
</style>
<article class="markdown-body">
${marked.parse(markdown, { gfm: true, async: false })}
</article>
</html>
`;
}

export interface Picture {
  readonly width: number;
  readonly scheme: "light" | "dark";
  readonly path: string;
  /** height of the visible part from the top, in CSS pixels; the whole page by default */
  readonly height?: number;
  /** opens folded details */
  readonly unfolded?: boolean;
}

/** Takes pictures of a page. Returns false if Chromium is not installed. */
export async function takePictures(html: string, pictures: readonly Picture[]): Promise<boolean> {
  const executablePath = browsers.find((path) => existsSync(path));
  if (executablePath === undefined) return false;
  const browser = await chromium.launch({ executablePath, args: quiet });
  try {
    for (const { width, height, scheme, path, unfolded } of pictures) {
      const page = await browser.newPage({
        viewport: { width, height: height ?? 600 },
        colorScheme: scheme,
        deviceScaleFactor: 2,
      });
      await page.setContent(html);
      if (unfolded) await page.evaluate(openAll);
      await page.screenshot({ path, fullPage: height === undefined });
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return true;
}

const openAll = 'document.querySelectorAll("details").forEach((fold) => { fold.open = true; })';

const browsers = [
  process.env["CHROME_PATH"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
].filter((path) => path !== "");

/**
 * No sandbox: it does not work for root, and the page is our own. No requests to the browser's vendor either.
 */
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
