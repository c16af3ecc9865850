import { posix } from "node:path";
import type { Inspection } from "../inspect/inspection.ts";

/** Reports whether a container of the head starts with another command, user or working directory. */
export function startsOtherwise(head: Inspection, base: Inspection): boolean {
  return [commandOf, userOf, workingDirectoryOf].some(
    (fact) => JSON.stringify(fact(head)) !== JSON.stringify(fact(base)),
  );
}

/** Returns the command that a container executes, joined as engines do. Empty if the image runs nothing. */
export function commandOf({ entrypoint, command }: Inspection): readonly string[] {
  return [...(entrypoint ?? []), ...(command ?? [])];
}

/** Normalises the user. root, 0 and an empty user are the same. A group that adds nothing is omitted. */
export function userOf({ user }: Inspection): string {
  const [name = "", group = "", ...rest] = (user ?? "").split(":");
  if (rest.length > 0) return user ?? "";
  const isRoot = isOneOf(name, "root");
  const isNoGroup = group === "" || (isRoot && isOneOf(group, "root"));
  return `${isRoot ? "root" : name}${isNoGroup ? "" : `:${group}`}`;
}

/** Reports whether a text is empty, a spelling of 0, or the given name. */
function isOneOf(text: string, name: string): boolean {
  return text === "" || text === name || /^[+-]?0+$/.test(text);
}

/** Normalises the working directory. */
export function workingDirectoryOf({ workingDirectory }: Inspection): string {
  const directory = workingDirectory || "/";
  return directory.startsWith("/") ? posix.normalize(directory).replace(/(?<=.)\/$/, "") : directory;
}

export function hasNewGitDirectory(head: Inspection, base: Inspection): boolean {
  const before = new Set(base.gitDirectories.map(({ path, pathBase64 }) => pathBase64 ?? path));
  return head.gitDirectories.some(({ path, pathBase64 }) => !before.has(pathBase64 ?? path));
}
