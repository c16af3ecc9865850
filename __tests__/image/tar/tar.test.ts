import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { limits } from "../../../src/image/limits.ts";
import { readTar } from "../../../src/image/tar/tar.ts";
import { chunksOf, listTar } from "../../helpers/list-tar.ts";
import {
  directory,
  endOfArchive,
  file,
  paxHeader,
  sealHeader,
  tar,
  tarHeader,
  tarMember,
} from "../../helpers/tar.ts";

/** Crafted archives for which tar readers differ. Docker's answer is correct. */
const refused: readonly (readonly [name: string, bytes: Buffer])[] = [
  ["a size of -1 in base-256", negativeSize()],
  ["a NUL in a PAX path", tar([file("x", "", { pax: { path: "safe\0/evil" } })])],
  [
    "one block of zeros between members",
    Buffer.concat([tarMember(file("a")), Buffer.alloc(512), tarMember(file("b"))]),
  ],
  [
    "a wrong checksum in the middle",
    Buffer.concat([tarMember(file("a")), Buffer.alloc(512, "x"), endOfArchive]),
  ],
  ["a PAX size that is not a number", tar([file("a", "", { pax: { size: "1e3" } })])],
  ["a PAX record without its newline", tar([{ path: "x", type: "x", content: "9 a=bcde" }, file("a")])],
  ["a PAX record without a key", tar([{ path: "x", type: "x", content: "5 =b\n" }, file("a")])],
  [
    "an extended header of over 1 MiB",
    tar([{ path: "x", type: "x", content: Buffer.alloc(2 ** 20 + 1) }, file("a")]),
  ],
  [
    "a payload that ends early",
    Buffer.concat([tarHeader({ path: "a", claimedSize: 4096 }), Buffer.alloc(512, "x")]),
  ],
  ["an extended header that claims gigabytes", tarHeader({ path: "a", type: "x", claimedSize: 2 ** 32 })],
];

test.each(refused)("refuses %s", async (_, bytes) => {
  expect(await listTar(bytes)).toMatchObject({ isRefused: true });
});

const accepted: readonly (readonly [name: string, bytes: Buffer, paths: readonly string[]])[] = [
  ["no bytes at all", Buffer.alloc(0), []],
  ["an empty archive", endOfArchive, []],
  ["an archive without its end", tarMember(file("a", "text")), ["a"]],
  ["an archive without the bytes after its end", Buffer.concat([tar([file("a")]), tar([file("b")])]), ["a"]],
  [
    "an archive without the path of a global header",
    Buffer.concat([paxHeader({ path: "no" }, "g"), tar([file("a")])]),
    ["a"],
  ],
  ["a global header as the end of the extended header before it", globalAfterExtended(), ["a"]],
  [
    "only the last of two extended headers",
    Buffer.concat([paxHeader({ path: "no" }), paxHeader({ uid: "1" }), tar([file("a")])]),
    ["a"],
  ],
  ["a GNU long name before a PAX path", gnuAndPax(), ["gnu"]],
  ["a sparse file under the name in its records", sparse(), ["real/name"]],
  ["a path of two parts, ustar's prefix first", withPrefix(), ["prefix/name"]],
  [
    "names unchanged",
    tar([file("/a"), file("./b"), file("../c"), directory("d/")]),
    ["/a", "./b", "../c", "d/"],
  ],
  [
    "bytes that are not UTF-8",
    tar([file(Buffer.from([0xff, 0x41])), file(Buffer.from([0xfe, 0x41]))]),
    ["\u00ffA", "\u00feA"],
  ],
  ["property names of objects", tar([file("__proto__"), file("constructor")]), ["__proto__", "constructor"]],
];

test.each(accepted)("reads %s", async (_, bytes, paths) => {
  const { members, isRefused } = await listTar(bytes);
  expect(isRefused).toBe(false);
  expect(members.map(({ path }) => path)).toEqual(paths);
});

test("refuses sparse files with more holes than can be read as zeros", async () => {
  const pax = {
    "GNU.sparse.major": "1",
    "GNU.sparse.minor": "0",
    "GNU.sparse.name": "a",
    "GNU.sparse.realsize": `${limits.holes + 1}`,
  };
  const map = "0\n".padEnd(512, "\0");
  expect(await listTar(tar([file("a", map, { pax })]))).toMatchObject({ code: "limit-exceeded" });
});

test("fills the holes of a sparse file with zeros", async () => {
  const [member] = await collect(sparse());
  expect(member).toEqual({ size: 12, content: "\0\0\0\0\0\0\0\0data" });
});

test("returns the same members, whatever the chunks are", async () => {
  const bytes = tar([file("a", "x".repeat(1500)), file("b".repeat(200), "y"), directory("c")]);
  const whole = await listTar(bytes, bytes.length);
  for (const size of [1, 7, 511, 512, 513]) expect(await listTar(bytes, size)).toEqual(whole);
});

test("never accepts a truncated archive", async () => {
  const bytes = tar([file("a", "x".repeat(600)), file("b", "y")]);
  const whole = await listTar(bytes);
  const end = bytes.length - endOfArchive.length;
  for (let cut = 1; cut < end; cut++) {
    // A cut between two members cannot be detected, as in Go. The layer's digest detects it.
    const { members, isRefused } = await listTar(bytes.subarray(0, cut));
    expect(isRefused || members.length < whole.members.length || cut > end - 512).toBe(true);
  }
});

test("returns payloads without copying them", async () => {
  const bytes = tar([file("a", "x".repeat(5000))]);
  for await (const { payload } of readTar(chunksOf(bytes, 2048))) {
    for await (const chunk of payload) expect(chunk.buffer).toBe(bytes.buffer);
  }
});

test("releases the stream when its reader stops", async () => {
  let isClosed = false;
  async function* stream() {
    try {
      yield* chunksOf(tar([file("a"), file("b")]), 512);
    } finally {
      isClosed = true;
    }
  }
  for await (const { path } of readTar(stream())) if (path === "a") break;
  expect(isClosed).toBe(true);
});

async function collect(bytes: Buffer) {
  const members: { size: number; content: string }[] = [];
  for await (const { size, payload } of readTar(chunksOf(bytes, 100))) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of payload) chunks.push(chunk);
    members.push({ size, content: Buffer.concat(chunks).toString("latin1") });
  }
  return members;
}

function negativeSize(): Buffer {
  const header = tarHeader({ path: "a" });
  header.fill(0xff, 124, 136);
  return Buffer.concat([sealHeader(header), endOfArchive]);
}

function globalAfterExtended(): Buffer {
  return Buffer.concat([paxHeader({ path: "no" }), paxHeader({ comment: "c" }, "g"), tar([file("a")])]);
}

function gnuAndPax(): Buffer {
  const long = tarMember({ path: "././@LongLink", type: "L", content: "gnu\0" });
  return Buffer.concat([long, paxHeader({ path: "pax" }), tar([file("header")])]);
}

function sparse(): Buffer {
  const pax = {
    "GNU.sparse.name": "real/name",
    "GNU.sparse.size": "12",
    "GNU.sparse.numblocks": "1",
    "GNU.sparse.map": "8,4",
  };
  return tar([file("GNUSparseFile.0/decoy", "data", { pax })]);
}

function withPrefix(): Buffer {
  const header = tarHeader({ path: "name" });
  header.write("prefix", 345);
  return Buffer.concat([sealHeader(header), endOfArchive]);
}
