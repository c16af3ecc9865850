import { posix } from "node:path";
import type { Inspection } from "../inspect/inspection.ts";

/** Whether a container of the head starts with another command, as another user or in another directory. */
export function startsOtherwise(head: Inspection, base: Inspection): boolean {
  return [commandOf, userOf, workingDirectoryOf].some(
    (fact) => JSON.stringify(fact(head)) !== JSON.stringify(fact(base)),
  );
}

/** What is executed, as engines join it; empty where the image runs nothing. */
export function commandOf({ entrypoint, command }: Inspection): readonly string[] {
  return [...(entrypoint ?? []), ...(command ?? [])];
}

/** The user in one spelling: root, 0 and none at all are one user, and a group that says no more is left out. */
export function userOf({ user }: Inspection): string {
  const [name = "", group = "", ...rest] = (user ?? "").split(":");
  if (rest.length > 0) return user ?? "";
  const isRoot = isOneOf(name, "root");
  const isNoGroup = group === "" || (isRoot && isOneOf(group, "root"));
  return `${isRoot ? "root" : name}${isNoGroup ? "" : `:${group}`}`;
}

/** Nothing, a spelling of the number 0, or the name that it has. */
function isOneOf(text: string, name: string): boolean {
  return text === "" || text === name || /^[+-]?0+$/.test(text);
}

/** The directory in one spelling. */
export function workingDirectoryOf({ workingDirectory }: Inspection): string {
  const directory = workingDirectory || "/";
  return directory.startsWith("/") ? posix.normalize(directory).replace(/(?<=.)\/$/, "") : directory;
}

export function hasNewGitDirectory(head: Inspection, base: Inspection): boolean {
  const before = new Set(base.gitDirectories.map(({ path, pathBase64 }) => pathBase64 ?? path));
  return head.gitDirectories.some(({ path, pathBase64 }) => !before.has(pathBase64 ?? path));
}
