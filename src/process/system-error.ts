import { getSystemErrorMap } from "node:util";
import { Failure, type FailureCode } from "../failure.ts";

/** Also the code of other invalid arguments. Only the message identifies a NUL. */
const nulInPath = "ERR_INVALID_ARG_VALUE";

/** What is wrong with a file that a user named, and what to do, by the operating system's error code. */
const meanings: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "does not exist"],
  ["ENOTDIR", "does not exist: a part of its path is a file, not a directory"],
  ["EACCES", "is not accessible to this user: change its permissions, or those of the directories above it"],
  ["EPERM", "is not accessible to this user: the system forbids it, whatever its permissions"],
  ["EISDIR", "is a directory: name a file"],
  ["ELOOP", "leads into a loop of symbolic links: name the file itself"],
  ["ENAMETOOLONG", "has a name that is too long: shorten it"],
  [nulInPath, "contains a NUL, which no file name can contain: remove it"],
  ["ENXIO", "is a socket, or a device that does not exist: name a regular file"],
  ["ENODEV", "is a device that does not exist: name a regular file"],
  ["EINVAL", "cannot be read or written like a file: name a regular file"],
  ["EIO", "is on a disk that reports an error: check the disk"],
  ["ESTALE", "is no longer available on its network disk: mount the disk again"],
  ["ETIMEDOUT", "is on a disk that does not respond: check the network"],
  ["EMFILE", "exceeds this process's limit of open files: raise it with ulimit -n"],
  ["ENFILE", "exceeds this machine's limit of open files: end other programs"],
  ["ENOMEM", "needs more memory than this machine has left: end other programs"],
  ["EBUSY", "is in use: end the program that uses it"],
  ["ETXTBSY", "is a running program: end it"],
  ["EAGAIN", "is locked by another program: end that program"],
  ["EROFS", "is on a disk that is mounted read-only: name another location"],
  ["ENOSPC", "is on a full disk: free some space"],
  ["EDQUOT", "exceeds this user's quota on its disk: free some space"],
  ["EFBIG", "exceeds the maximum file size of its disk or of this process: name another location"],
  ["ERR_FS_FILE_TOO_LARGE", "is far too large for its purpose"],
  ["EEXIST", "already exists: name another location"],
]);

/** Reports whether an error is from node:fs or another system call, and not a bug in the program. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return false;
  if (error.code === nulInPath) return error.message.includes("null bytes");
  return ("errno" in error && typeof error.errno === "number") || meanings.has(error.code);
}

/** Reports whether an error means that the file does not exist, and not that it is inaccessible. */
export function isAbsent(error: unknown): boolean {
  return isSystemError(error) && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/** Describes a system error in one sentence about its file or, without one, about the failed call. */
export function systemMeaning(error: NodeJS.ErrnoException, file = error.path): string {
  // A NUL must not appear in a message.
  if (file !== undefined) return `${file.replaceAll("\0", "\u2400")} ${whyRefused(error)}.`;
  return `The system refuses ${error.syscall ?? "a call"}: ${wordsOf(error)} (${error.code}).`;
}

/** Returns a predicate that says what is wrong with a file and what to do, without a full stop. */
export function whyRefused(error: NodeJS.ErrnoException): string {
  const { code = "" } = error;
  return `${meanings.get(code) ?? `cannot be used: ${wordsOf(error)}`} (${code})`;
}

/** Returns the system's own text for an error. */
function wordsOf({ errno = 0, message }: NodeJS.ErrnoException): string {
  return getSystemErrorMap().get(errno)?.[1] ?? message;
}

/**
 * Turns a system error about a file that a user named into a Failure. Returns any other error unchanged.
 * @param code code of the Failure
 */
export function fileFailure(error: unknown, file: string, code: FailureCode = "file-failed"): unknown {
  return isSystemError(error) ? new Failure(code, systemMeaning(error, file), { cause: error }) : error;
}
