import { posix } from "node:path";
import { Failure } from "../../failure.ts";
import { trim } from "../parse/blank.ts";
import { ignorePattern, type PathTest } from "./ignore-pattern.ts";

/** A parsed .dockerignore. */
export interface IgnoreFile {
  /**
   * Reports whether the patterns, applied to a path and its parent directories, exclude it from the build
   * context.
   * @param path relative to the context, with slashes
   * @throws Failure limit-exceeded if the patterns take too long to match
   */
  ignores(path: string): boolean;
}

interface Pattern {
  /** whether it includes again what an earlier pattern excluded */
  readonly isException: boolean;
  readonly on: (path: string) => PathTest;
}

/**
 * Reads a .dockerignore as BuildKit does. Lines are read as in moby/patternmatcher's ignorefile. Files are
 * excluded as in tonistiigi/fsutil's walk of the context. A pattern that BuildKit refuses, which fails the
 * build, ignores nothing.
 * @param maxSteps allowed for all calls of `ignores` together
 */
export function parseIgnoreFile(text: string, maxSteps = 2 ** 27): IgnoreFile {
  let stepsLeft = maxSteps;
  const spend = (steps: number) => {
    stepsLeft -= steps;
    if (stepsLeft >= 0) return;
    throw new Failure("limit-exceeded", "The patterns of .dockerignore take too long to match.");
  };
  const patterns = patternTexts(text).map((written): Pattern => {
    const isException = written.startsWith("!");
    return { isException, on: ignorePattern(isException ? written.slice(1) : written, spend) };
  });
  return { ignores: (path) => isIgnored(path, patterns, spend) };
}

/** Returns the lines as cleaned paths, without comments and blank lines. */
function patternTexts(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  return lines.flatMap((line) => {
    const written = line.startsWith("#") ? "" : trim(line);
    if (written === "") return [];
    const mark = written.startsWith("!") ? "!" : "";
    const path = cleaned(trim(written.slice(mark.length)));
    // A leading slash means the context's root. A blank name may be left at the end, so trim and clean again.
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
 * Tests each parent directory, outermost first. A pattern that matches a directory matches everything in it.
 * A pattern that could not change the result for a directory is not tested there, but is tested again further
 * down.
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
