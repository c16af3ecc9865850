import type { FileRecord } from "../../src/inspect/files.ts";

/** A filesystem as text: for each absolute path what a container sees there, in one line that can be compared. */
export type Listing = ReadonlyMap<string, string>;

/** What is compared of a path. `inode` is shared by the names of one file, and means nothing beyond its list. */
export type ListedFile = Pick<
  FileRecord,
  "path" | "type" | "mode" | "uid" | "gid" | "size" | "linkTarget" | "inode"
>;

/** Lists files, with the other names of those that have several. */
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

/** Everything about a file but its names. */
export function describeFile({ type, mode, uid, gid, size, linkTarget }: Omit<ListedFile, "path" | "inode">) {
  return `${type} ${mode} ${uid}:${gid} ${size}${linkTarget === null ? "" : ` -> ${linkTarget}`}`;
}

/** The paths where two listings differ, as a diff for people: `-` expected, `+` actual. Empty where they are equal. */
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
  if (lines.length <= diffLines) return lines.join("\n");
  return [...lines.slice(0, diffLines - 1), `… and ${lines.length - diffLines + 1} lines more`].join("\n");
}

const diffLines = 20;
