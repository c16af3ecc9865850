import type { Filesystem } from "../image/filesystem/filesystem.ts";
import { resolve } from "../image/filesystem/filesystem.ts";
import { bytesOf, shownPath } from "./bytes.ts";
import type { Inspection } from "./inspection.ts";
import { proveStart } from "./start/prove.ts";
import type { Start } from "./start/start.ts";

type ProvenConfig = Parameters<typeof proveStart>[0];

/**
 * Proves whether the image's own command can start, for an inspection. The proof is bounded, and has no values
 * that a report must not show: a setting that differs from the config is the Dockerfile's text, and replaces
 * the value.
 * @throws Failure limit-exceeded, as proveStart does
 */
export function shownStart(
  config: ProvenConfig,
  filesystem: Filesystem,
  settings: Pick<Inspection, "user" | "workingDirectory">,
): Start {
  let start = proveStart(config, filesystem);
  // A proof that does not change without the setting cannot show its value.
  const isFrom = (neutral: Partial<ProvenConfig>) =>
    JSON.stringify(proveStart({ ...config, ...neutral }, filesystem)) !== JSON.stringify(start);
  const isDirectoryShown = settings.workingDirectory !== config.workingDir && isFrom({ workingDir: null });
  const isUserShown = settings.user !== config.user && isFrom({ user: null });
  if (isDirectoryShown)
    start = withoutDirectory(start, config.workingDir ?? "", settings.workingDirectory ?? "***", filesystem);
  if (isUserShown) start = withoutUser(start, config.user ?? "", settings.user ?? "***");
  return boundedStart(start);
}

/** Replaces the working directory by the Dockerfile's text, in all paths and sentences. */
function withoutDirectory(start: Start, value: string, text: string, filesystem: Filesystem): Start {
  const clean = `/${value
    .split("/")
    .filter((name) => name !== "" && name !== ".")
    .join("/")}`;
  const node = resolve(filesystem, bytesOf(value));
  const relative = start.chain.filter(({ needs }) => needs.includes("/") && !needs.startsWith("/"));
  const replacements = new Map([
    ...[value, clean, ...(node === null ? [] : [shownPath(node.path)])].map(
      (path) => [path.replace(/(?<=.)\/+$/, ""), text] as const,
    ),
    ...relative.map(({ path, needs }) => [path, `${text}/${needs.replace(/^(?:\.\/+)+/, "")}`] as const),
  ]);
  const patterns = [...replacements]
    .filter(([path]) => path !== "" && path !== "/")
    .toSorted(([a], [b]) => b.length - a.length)
    .map(
      ([path, shown]) => [new RegExp(`(?<![\\w./-])${escaped(path)}(?![\\w-]|\\.\\w)`, "g"), shown] as const,
    );
  return withTexts(start, (words) =>
    patterns.reduce((all, [path, shown]) => all.replace(path, () => shown), words),
  );
}

/** Replaces the names of user and group by the Dockerfile's text, and removes their numbers. */
function withoutUser(start: Start, value: string, text: string): Start {
  const names = [value, ...value.split(":")].filter((name) => name !== "").map(escaped);
  const pattern = new RegExp(`(?<![\\w./-])(?:${names.join("|")})(?![\\w/-]|\\.\\w)`, "g");
  const sentence = (words: string) =>
    words.replace(/\buser [0-9]+\b/g, "the user").replace(pattern, () => text);
  return {
    ...start,
    problems: start.problems.map((problem) => ({
      ...problem,
      needs: problem.class === "user" ? text : problem.needs,
      found: sentence(problem.found),
    })),
    unproven: start.unproven.map(sentence),
    hints: start.hints.map(sentence),
  };
}

/** Changes every text except the command: builders do not write values into it. */
function withTexts(start: Start, change: (text: string) => string): Start {
  return {
    ...start,
    chain: start.chain.map((link) => ({
      ...link,
      path: change(link.path),
      neededBy: link.neededBy === null ? null : change(link.neededBy),
      needs: change(link.needs),
    })),
    problems: start.problems.map((problem) => ({
      ...problem,
      path: change(problem.path),
      needs: change(problem.needs),
      found: change(problem.found),
    })),
    unproven: start.unproven.map(change),
    hints: start.hints.map(change),
    ...(start.healthcheck === undefined
      ? {}
      : { healthcheck: { ...start.healthcheck, found: change(start.healthcheck.found) } }),
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** Maximum items of each list: a hostile image has millions. */
const maxLinks = 200;
const maxTexts = 20;

/** Truncates the lists of a proof, and says what is left out. */
function boundedStart(start: Start): Start {
  const { chain, problems, unproven, hints } = start;
  const left = [
    [chain.length - maxLinks, "files of the chain"],
    [problems.length - maxTexts, "problems"],
    [hints.length - maxTexts, "hints"],
  ] as const;
  const isFull = unproven.length > maxTexts || left.some(([count]) => count > 0);
  if (!isFull) return start;
  const kept = unproven.slice(0, maxTexts - 1);
  const words = [...left, [unproven.length - kept.length, "doubts"] as const]
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} more ${what}`);
  return {
    ...start,
    chain: chain.slice(0, maxLinks),
    problems: problems.slice(0, maxTexts),
    unproven: [...kept, `Not listed here: ${words.join(", ")}.`],
    hints: hints.slice(0, maxTexts),
  };
}
