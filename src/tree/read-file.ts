import { constants, type Stats } from "node:fs";
import { lstat, open, realpath } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { Failure } from "../failure.ts";
import { harmlessLine } from "../process/harmless-line.ts";
import { isSystemError, whyRefused } from "../process/system-error.ts";
import { isInside } from "./inside.ts";

/**
 * The one door for files of a tree, which a pull request fills: a link in it may lead to any file of this machine, or to one
 * that never ends. Nothing is opened but a regular file that is reached without a link; it is read once, and to a limit.
 * @param tree absolute, links resolved
 * @param path relative to the tree
 * @param cure what to do where the file is refused, as a sentence
 * @returns null where there is no such file
 * @throws Failure file-refused
 */
export async function readTreeFile(tree: string, path: string, cure: string): Promise<Buffer | null> {
  const inside = relative(tree, resolve(tree, path));
  return refusing(inside, cure, async (refused) => {
    if (!isInside(tree, join(tree, inside))) throw refused("lies outside the repository");
    const steps = inside.split(sep);
    for (const index of steps.keys()) {
      const way = steps.slice(0, index + 1).join(sep);
      const found = await lstat(join(tree, way));
      if (found.isSymbolicLink()) throw refused(await whereLinkLeads(tree, way, way === inside));
      if (way === inside) return readRegular(join(tree, way), found, refused);
    }
    throw new Error("a path without components");
  });
}

/**
 * A file that a person named on a command line. The way to it is the person's own word, links included; the file itself may
 * be a stranger's.
 * @returns null where there is no such file
 * @throws Failure file-refused
 */
export async function readNamedFile(path: string, cure: string): Promise<Buffer | null> {
  return refusing(path, cure, async (refused) => {
    const found = await realpath(path);
    return readRegular(found, await lstat(found), refused);
  });
}

/** Bytes. A Dockerfile of a megabyte is a mistake, or hostile. */
const mostBytes = 1024 * 1024;

type Refused = (why: string, cause?: unknown) => Failure;

/** Whatever the file system says of a file becomes null, or one sentence. */
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
    if (isThereNone.has(error.code ?? "")) return null;
    throw refused(whyRefused(error), error);
  }
}

const isThereNone = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG"]);

async function readRegular(path: string, seen: Stats, refused: Refused): Promise<Buffer> {
  // Not even opened: to open a device may do something.
  if (!seen.isFile()) throw refused("is no regular file, and nothing else is read");
  await using file = await open(path, asItIs);
  const opened = await file.stat();
  if (!opened.isFile() || opened.ino !== seen.ino || opened.dev !== seen.dev) {
    throw refused("was replaced while it was read");
  }
  const buffer = Buffer.alloc(mostBytes + 1);
  let filled = 0;
  for (let read = 1; read > 0 && filled < buffer.length; filled += read) {
    read = (await file.read(buffer, filled)).bytesRead;
  }
  if (filled > mostBytes) throw refused("is larger than 1 MiB, and no more is read");
  return Buffer.from(buffer.subarray(0, filled));
}

/** Windows knows neither flag; its links need a privilege. */
const asItIs = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Said of the file, such as `is reached through app, a symbolic link to "services/app"`. */
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
