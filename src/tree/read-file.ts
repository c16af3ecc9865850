import { constants, type Stats } from "node:fs";
import { lstat, open, realpath } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { Failure } from "../failure.ts";
import { harmlessLine } from "../process/harmless-line.ts";
import { isSystemError, whyRefused } from "../process/system-error.ts";
import { isInside } from "./inside.ts";

/**
 * Reads a file of a tree. This is the one door for such files. A pull request determines the tree's content:
 * a link in it may lead to any file of this machine, or to a file that never ends. Opens only regular files
 * that are reached without a link, and reads them once, up to a limit.
 * @param tree absolute, links resolved
 * @param path relative to the tree
 * @param cure what to do if the file is refused, as a sentence
 * @returns null if the file does not exist
 * @throws Failure file-refused
 */
export async function readTreeFile(tree: string, path: string, cure: string): Promise<Buffer | null> {
  const inside = relative(tree, resolve(tree, path));
  return refusing(inside, cure, async (refused) => {
    if (!isInside(tree, join(tree, inside))) throw refused("is outside the repository");
    const steps = inside.split(sep);
    for (const index of steps.keys()) {
      const prefix = steps.slice(0, index + 1).join(sep);
      const found = await lstat(join(tree, prefix));
      if (found.isSymbolicLink()) throw refused(await whereLinkLeads(tree, prefix, prefix === inside));
      if (prefix === inside) return readRegular(join(tree, prefix), found, refused);
    }
    throw new Error("a path without components");
  });
}

/**
 * Reads a file that a person named on a command line. The path is the person's own choice, so links are
 * followed. The file itself may be untrusted.
 * @returns null if the file does not exist
 * @throws Failure file-refused
 */
export async function readNamedFile(path: string, cure: string): Promise<Buffer | null> {
  return refusing(path, cure, async (refused) => {
    const found = await realpath(path);
    return readRegular(found, await lstat(found), refused);
  });
}

/** A Dockerfile of a megabyte is a mistake, or hostile. */
const maxBytes = 1024 * 1024;

type Refused = (why: string, cause?: unknown) => Failure;

/** Turns every error of the file system into null or into a Failure. */
async function refusing(
  name: string,
  cure: string,
  read: (refused: Refused) => Promise<Buffer>,
): Promise<Buffer | null> {
  const refused: Refused = (why, cause) =>
    new Failure("file-refused", `${shown(name)} ${why}. ${cure}`, { cause });
  try {
    return await read(refused);
  } catch (error) {
    if (error instanceof Failure || !isSystemError(error)) throw error;
    if (absentCodes.has(error.code ?? "")) return null;
    throw refused(whyRefused(error), error);
  }
}

const absentCodes = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG"]);

async function readRegular(path: string, seen: Stats, refused: Refused): Promise<Buffer> {
  // Checked before opening, because opening a device may have side effects.
  if (!seen.isFile()) throw refused("is not a regular file, and only regular files are read");
  await using file = await open(path, openFlags);
  const opened = await file.stat();
  if (!opened.isFile() || opened.ino !== seen.ino || opened.dev !== seen.dev) {
    throw refused("was replaced while it was being read");
  }
  const buffer = Buffer.alloc(maxBytes + 1);
  let filled = 0;
  for (let read = 1; read > 0 && filled < buffer.length; filled += read) {
    read = (await file.read(buffer, filled)).bytesRead;
  }
  if (filled > maxBytes) throw refused("is larger than 1 MiB, the maximum that is read");
  return Buffer.from(buffer.subarray(0, filled));
}

/** Windows has neither flag; creating a link there requires a privilege. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Returns a predicate for the file, such as `is reached through app, a symbolic link to "services/app"`. */
async function whereLinkLeads(tree: string, link: string, isFile: boolean): Promise<string> {
  const target = await realpath(join(tree, link)).catch(() => null);
  const isKnown = target !== null && isInside(tree, target);
  const kind = isKnown ? `a symbolic link to ${shown(relative(tree, target) || ".")}` : "a symbolic link";
  const what = isFile ? `is ${kind}` : `is reached through ${shown(link)}, ${kind}`;
  return `${what}, and links in a repository are not followed`;
}

function shown(path: string): string {
  return `"${harmlessLine(path)}"`;
}
