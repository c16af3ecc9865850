import type { FileRecord } from "../../inspect/files.ts";
import { terminalText } from "../text/escape.ts";

/** Renders one path as a line of `ls -ln`, with its layer's number: from 1, as wherever people read it. */
export function fileLine(record: FileRecord): string {
  const { type, mode, links, uid, gid, size, device, modified, path, linkTarget, layer, line } = record;
  const columns = [
    `${typeLetters[type]}${permissions(Number.parseInt(mode, 8))}`,
    String(links).padStart(2),
    String(uid).padStart(5),
    String(gid).padStart(5),
    (device === undefined ? String(size) : device.join(", ")).padStart(11),
    (modified?.slice(0, 16).replace("T", " ") ?? "").padEnd(16),
    `${terminalText(path, maxPath)}${linkTarget === null ? "" : ` -> ${terminalText(linkTarget, maxPath)}`}`,
    `[layer ${layer + 1}${line === null ? "" : `, line ${line}`}]`,
  ];
  return `${columns.join(" ")}\n`;
}

const maxPath = 8192;

const typeLetters: Readonly<Record<FileRecord["type"], string>> = {
  file: "-",
  directory: "d",
  symlink: "l",
  "character-device": "c",
  "block-device": "b",
  fifo: "p",
};

/** `rwxr-xr-x`, with setuid, setgid and sticky in place of x, as ls(1) writes them. */
function permissions(mode: number): string {
  const triplet = (shift: number, special: number, letter: string) => {
    const bits = mode >> shift;
    const execute = bits & 1 ? "x" : "-";
    const last = mode & special ? (bits & 1 ? letter : letter.toUpperCase()) : execute;
    return `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${last}`;
  };
  return triplet(6, 0o4000, "s") + triplet(3, 0o2000, "s") + triplet(0, 0o1000, "t");
}
