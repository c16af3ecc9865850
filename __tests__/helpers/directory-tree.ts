import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Filesystem } from "../../src/image/filesystem/filesystem.ts";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import type { Content } from "../../src/image/layer/content.ts";
import type { LayerEntry } from "../../src/image/layer/entry.ts";
import { readelfFacts } from "./readelf.ts";
import { madeUpReading } from "./reading.ts";

/** Files of which the text is kept, as the reader of layers does. */
const texts = /^etc\/(?:ld\.so\.cache|ld\.so\.preload|ld-musl-.*\.path)$/;

/** Facts of files by device, inode and time of change: trees share their files as hard links. */
const known = new Map<string, Content>();

/**
 * Returns a local directory as an image of one layer, with ASCII names only, and the facts that readelf
 * reads.
 */
export function filesystemOf(root: string): Filesystem {
  const entries = [...entriesIn(root, "", new Map())];
  const unknown = entries.filter(({ type, size }) => type === "file" && size > 0);
  const keys = new Map(unknown.map(({ path }) => [path, keyOf(join(root, path))]));
  const unread = unknown.filter(({ path }) => !known.has(keys.get(path) ?? ""));
  const facts = readelfFacts(unread.map(({ path }) => join(root, path)));
  for (const { path } of unread) {
    const elf = facts.get(join(root, path));
    const text = texts.test(path) ? { text: readFileSync(join(root, path), "latin1") } : {};
    known.set(
      keys.get(path) ?? "",
      elf === undefined ? { format: "other", ...text } : { format: "elf", elf },
    );
  }
  const read = entries.map((entry) => {
    const content = known.get(keys.get(entry.path) ?? "");
    return content === undefined ? entry : { ...entry, content };
  });
  return mergeLayers([madeUpReading(read)]);
}

function keyOf(path: string): string {
  const { ino, dev, ctimeMs, mtimeMs, size, nlink } = lstatSync(path);
  // A new hard link changes the inode's time, but not its content.
  return [dev, ino, nlink > 1 ? mtimeMs : ctimeMs, size].join();
}

function* entriesIn(root: string, directory: string, inodes: Map<number, string>): Generator<LayerEntry> {
  for (const name of readdirSync(join(root, directory)).filter(isAscii)) {
    const path = directory === "" ? name : `${directory}/${name}`;
    const status = lstatSync(join(root, path));
    const { mode, uid, gid } = status;
    const common = {
      path,
      mode: mode & 0o7777,
      uid,
      gid,
      size: 0,
      crc32: 0,
      modified: Math.floor(status.mtimeMs / 1000),
    };
    if (status.isDirectory()) {
      yield { ...common, type: "directory" };
      yield* entriesIn(root, path, inodes);
    } else if (status.isSymbolicLink()) {
      yield { ...common, type: "symlink", linkTarget: readlinkSync(join(root, path)) };
    } else if (status.isFile()) {
      const first = inodes.get(status.ino);
      if (first === undefined) yield { ...common, type: "file", size: status.size };
      else yield { ...common, type: "hardlink", linkTarget: first };
      if (first === undefined) inodes.set(status.ino, path);
    }
  }
}

function isAscii(name: string): boolean {
  return Buffer.byteLength(name) === name.length;
}
