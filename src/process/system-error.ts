import { getSystemErrorMap } from "node:util";
import { Failure, type FailureCode } from "../failure.ts";

/** Of many a wrong argument: only the message tells. */
const nulInPath = "ERR_INVALID_ARG_VALUE";

/** What the operating system's codes say of a file that a user named: what is the matter, and what to do. */
const meanings: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "does not exist"],
  ["ENOTDIR", "does not exist: a part of its path is a file, and no directory"],
  ["EACCES", "is closed to this user: change its permissions, or those of the directories above it"],
  ["EPERM", "is closed to this user: the system forbids it, whatever its permissions say"],
  ["EISDIR", "is a directory: name a file"],
  ["ELOOP", "leads in a circle of symbolic links: name the file itself"],
  ["ENAMETOOLONG", "is a longer name than the system takes: shorten it"],
  [nulInPath, "is a name that no file can have: leave the NUL out"],
  ["ENXIO", "is a socket, or a device that is not there: name a regular file"],
  ["ENODEV", "is a device that is not there: name a regular file"],
  ["EINVAL", "is nothing that can be read or written so: name a regular file"],
  ["EIO", "is on a disk that reports an error: check the disk"],
  ["ESTALE", "is on a network disk that has lost it: mount the disk again"],
  ["ETIMEDOUT", "is on a disk that does not answer: check the network"],
  ["EMFILE", "is one file too many at once: raise the limit with ulimit -n"],
  ["ENFILE", "is one file too many for this machine: end other programs"],
  ["ENOMEM", "needs more memory than this machine has left: end other programs"],
  ["EBUSY", "is in use: end the program that uses it"],
  ["ETXTBSY", "is a program that runs: end it"],
  ["EAGAIN", "is locked by another program: end that one"],
  ["EROFS", "is on a disk that is mounted read-only: name another place"],
  ["ENOSPC", "is on a disk that is full: free some space"],
  ["EDQUOT", "is on a disk where this user's share is used up: free some space"],
  ["EFBIG", "is larger than its disk or this process may have files: name another place"],
  ["ERR_FS_FILE_TOO_LARGE", "is far too large for what it is to be"],
  ["EEXIST", "is there already: name another place"],
]);

/** An error of node:fs or another call of the system, as against an error in a program. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return false;
  if (error.code === nulInPath) return error.message.includes("null bytes");
  return ("errno" in error && typeof error.errno === "number") || meanings.has(error.code);
}

/** Whether there is no such file, as against one that cannot be had. */
export function isAbsent(error: unknown): boolean {
  return isSystemError(error) && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/** Says a system error in one sentence: of the file that it is of, or of the call that failed. */
export function systemMeaning(error: NodeJS.ErrnoException, file = error.path): string {
  // No file has a NUL in its name, nor has a message.
  if (file !== undefined) return `${file.replaceAll("\0", "\u2400")} ${whyRefused(error)}.`;
  return `The system refuses ${error.syscall ?? "a call"}: ${wordsOf(error)} (${error.code}).`;
}

/** What is the matter with a file and what to do, said of it, without a full stop. */
export function whyRefused(error: NodeJS.ErrnoException): string {
  const { code = "" } = error;
  return `${meanings.get(code) ?? `cannot be used: ${wordsOf(error)}`} (${code})`;
}

/** The system's own words. */
function wordsOf({ errno = 0, message }: NodeJS.ErrnoException): string {
  return getSystemErrorMap().get(errno)?.[1] ?? message;
}

/**
 * What went wrong with a file that a user named, as a Failure; any other error as it is.
 * @param code what a failure of this kind of file is
 */
export function fileFailure(error: unknown, file: string, code: FailureCode = "file-failed"): unknown {
  return isSystemError(error) ? new Failure(code, systemMeaning(error, file), { cause: error }) : error;
}
