import type { FileRecord } from "../../src/inspect/files.ts";

/**
 * A filesystem as text: for each absolute path, one comparable line that describes what a container sees
 * there.
 */
export type Listing = ReadonlyMap<string, string>;

/** What is compared of a path. All names of one file share `inode`, which has no meaning outside its list. */
export type ListedFile = Pick<
  FileRecord,
  "path" | "type" | "mode" | "uid" | "gid" | "size" | "linkTarget" | "inode"
>;

/** Lists files. A file with several names is listed with all of them. */
export function listingOf(files: Iterable<ListedFile>): Listing {
  const all = [...files];
  const names = Map.groupBy(all, ({ inode }) => inode);
  return new Map(
    all.map((file) => {
      const same = (names.get(file.inode) ?? []).map(({ path }) => path).toSorted();
      return [file.path, `${describeFile(file)}${same.length > 1 ? ` names: ${same.join(" ")}` : ""}`];
    }),
  );
}

/** Describes everything about a file except its names. */
export function describeFile({ type, mode, uid, gid, size, linkTarget }: Omit<ListedFile, "path" | "inode">) {
  return `${type} ${mode} ${uid}:${gid} ${size}${linkTarget === null ? "" : ` -> ${linkTarget}`}`;
}

/**
 * Returns the differences of two listings as a readable diff: `-` expected, `+` actual. Empty if they are
 * equal.
 */
export function diffListings(expected: Listing, actual: Listing): string {
  const paths = [...new Set([...expected.keys(), ...actual.keys()])].toSorted();
  const lines = paths.flatMap((path) => {
    const [before, after] = [expected.get(path), actual.get(path)];
    if (before === after) return [];
    return [
      ...(before === undefined ? [] : [`- ${path} ${before}`]),
      ...(after === undefined ? [] : [`+ ${path} ${after}`]),
    ];
  });
  if (lines.length <= maxDiffLines) return lines.join("\n");
  const shown = lines.slice(0, maxDiffLines - 1);
  return [...shown, `… and ${lines.length - shown.length} more lines`].join("\n");
}

const maxDiffLines = 20;
