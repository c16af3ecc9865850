import { posix } from "node:path";
import { Failure } from "../../failure.ts";
import { trim } from "../parse/blank.ts";
import { ignorePattern, type PathTest } from "./ignore-pattern.ts";

/** What a .dockerignore says. */
export interface IgnoreFile {
  /**
   * Whether a file or directory stays out of the build context, together with the directories that it lies in.
   * @param path relative to the context, with slashes
   * @throws Failure limit-exceeded, where the patterns take too long to be matched
   */
  ignores(path: string): boolean;
}

interface Pattern {
  /** whether it brings back what an earlier one took out */
  readonly isException: boolean;
  readonly on: (path: string) => PathTest;
}

/**
 * Reads a .dockerignore as BuildKit does: its lines as moby/patternmatcher's ignorefile, and which files stay out as
 * tonistiigi/fsutil walks the context. A pattern that it refuses, so that nothing is built, ignores nothing.
 * @param mostSteps that all questions together may take
 */
export function parseIgnoreFile(text: string, mostSteps = 2 ** 27): IgnoreFile {
  let left = mostSteps;
  const spend = (steps: number) => {
    left -= steps;
    if (left >= 0) return;
    throw new Failure("limit-exceeded", "The patterns of .dockerignore take too long to be matched.");
  };
  const patterns = patternTexts(text).map((written): Pattern => {
    const isException = written.startsWith("!");
    return { isException, on: ignorePattern(isException ? written.slice(1) : written, spend) };
  });
  return { ignores: (path) => isIgnored(path, patterns, spend) };
}

/** Lines without comments and blanks, as paths. */
function patternTexts(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  return lines.flatMap((line) => {
    const written = line.startsWith("#") ? "" : trim(line);
    if (written === "") return [];
    const mark = written.startsWith("!") ? "!" : "";
    const path = cleaned(trim(written.slice(mark.length)));
    // A path from the context's root is one relative to it. A blank name at its end is trimmed, so all is done again.
    const again = trim(`${mark}${path.length > 1 ? path.replace(/^\//, "") : path}`);
    return again === "" ? [] : [cleaned(again)];
  });
}

/** Go's filepath.Clean. */
function cleaned(path: string): string {
  const clean = posix.normalize(path);
  return clean.length > 1 ? clean.replace(/\/$/, "") : clean;
}

/**
 * Asks of each directory on the way, outermost first. What matched a directory matches all that is in it; a pattern that
 * could not have changed the answer there was not asked, and is asked again below.
 */
function isIgnored(path: string, patterns: readonly Pattern[], spend: (steps: number) => void): boolean {
  spend(32 * patterns.length);
  const tests = patterns.map(({ on }) => on(path));
  const matched = patterns.map(() => false);
  let isOut = false;
  for (let end = path.indexOf("/"); ; end = path.indexOf("/", end + 1)) {
    spend(4 * patterns.length);
    isOut = false;
    for (const [index, { isException }] of patterns.entries()) {
      if (matched[index] !== true) {
        if (isException !== isOut) continue;
        matched[index] = tests[index]?.(end === -1 ? path.length : end) ?? false;
      }
      if (matched[index] === true) isOut = !isException;
    }
    if (end === -1) return isOut;
  }
}
