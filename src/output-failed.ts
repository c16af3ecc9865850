import { getSystemErrorMessage } from "node:util";
import { Failure } from "./failure.ts";

/**
 * The failure of a report, or a part of it, that could not be written: the verdict it holds then reached no one.
 * @param place as the subject of a sentence: `--output report.json`
 * @param cause what was thrown
 * @param more a sentence to add, with its space
 */
export function cannotWrite(place: string, cause: unknown, more = ""): Failure {
  const { code = "", errno, message } = cause as NodeJS.ErrnoException;
  const why =
    code in reasons ? reasons[code] : `${errno === undefined ? message : getSystemErrorMessage(errno)}.`;
  return new Failure("output-failed", `${place} cannot be written: ${why}${more}`, { cause });
}

const notAllowed = "permission denied. Name a place that this user may write.";
const full = "no space is left. Free some.";

/** Why, and what to do, by the code of the system's error; what is not here is told in the system's words. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such directory. Name a file in one that exists.",
  ENOTDIR: "a part of its path is no directory. Name a file in one that exists.",
  EISDIR: "it is a directory. Name a file in it.",
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: "its filesystem is read-only. Name a place that this user may write.",
  ENOSPC: full,
  EDQUOT: full,
};
