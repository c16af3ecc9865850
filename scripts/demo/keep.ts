import { writeFile } from "node:fs/promises";
import { type Picture, pageOf, takePictures } from "../page.ts";

/** What the audit of a pull request showed. */
export interface Shown {
  readonly title: string;
  /** Markdown */
  readonly comment: string;
  /** Markdown */
  readonly summary: string;
  readonly json: string;
}

/**
 * Writes it to files, with pictures of the comment.
 * @param path of the files, without an extension
 * @param more further pictures
 * @returns false if no pictures were taken, because Chromium was not found
 */
export async function keep(
  { title, comment, summary, json }: Shown,
  path: string,
  more: readonly Picture[],
): Promise<boolean> {
  const page = pageOf(title, comment);
  await writeFile(`${path}.md`, comment);
  await writeFile(`${path}.summary.md`, summary);
  await writeFile(`${path}.html`, page);
  await writeFile(`${path}.json`, json);
  return takePictures(page, [
    { width: 1012, scheme: "light", path: `${path}.png` },
    { width: 1012, scheme: "dark", path: `${path}.dark.png` },
    { width: 390, scheme: "light", path: `${path}.narrow.png` },
    { width: 390, scheme: "dark", path: `${path}.narrow.dark.png` },
    ...more,
  ]);
}

/** The pictures of the README. */
export const picturesOfReadme: readonly Picture[] = [
  { width: 848, height: 700, scheme: "light", path: "docs/comment.light.png" },
  { width: 848, height: 700, scheme: "dark", path: "docs/comment.dark.png" },
];
