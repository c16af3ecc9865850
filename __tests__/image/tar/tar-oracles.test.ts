import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { goIsMissing, listWithGo } from "../../helpers/go-tar.ts";
import { listTar } from "../../helpers/list-tar.ts";
import { sealHeader, type TarMember, tar } from "../../helpers/tar.ts";

const members = fc.record(
  {
    path: fc.oneof(
      fc.constantFrom("a", "a/b", "./c", "/d", "e/", "../f", "x".repeat(150)),
      fc.uint8Array({ minLength: 1, maxLength: 12 }),
    ),
    type: fc.constantFrom("0", "\0", "1", "2", "3", "4", "5", "6", "7", "Z", "g", "x", "L", "K", "S"),
    content: fc.uint8Array({ maxLength: 1100 }),
    mode: fc.nat(0o7777),
    uid: fc.nat(70000),
    modified: fc.nat(2 ** 31),
    linkTarget: fc.constantFrom("", "a", "/usr/bin/dash", "y".repeat(120)),
    pax: fc.dictionary(
      fc.constantFrom(
        "path",
        "linkpath",
        "size",
        "uid",
        "gid",
        "mtime",
        "atime",
        "SCHILY.xattr.user.a",
        "comment",
        "GNU.sparse.major",
        "GNU.sparse.minor",
        "GNU.sparse.name",
        "GNU.sparse.size",
        "GNU.sparse.realsize",
        "GNU.sparse.map",
        "GNU.sparse.numblocks",
      ),
      fc.constantFrom(
        "",
        "0",
        "1",
        "7",
        "512",
        "-1",
        "+3",
        "1.5",
        "-1.5",
        "0,1",
        "0,1,4,2",
        "a/b",
        "a\0b",
        "é",
        "99999999999999999999",
      ),
      { maxKeys: 4 },
    ),
    claimedSize: fc.option(fc.nat(2048), { nil: undefined, freq: 8 }),
  },
  { requiredKeys: ["path", "type"] },
);

/** Valid archives, some with changed bytes, with or without a corrected checksum of the changed header. */
const archives = fc
  .tuple(
    fc.array(members, { minLength: 1, maxLength: 5 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.boolean()), { maxLength: 3 }),
    fc.option(fc.nat(), { nil: null, freq: 4 }),
  )
  .map(([list, changes, cut]) => {
    const bytes = tar(list as TarMember[]);
    for (const [position, value, isMended] of changes) {
      const at = position % bytes.length;
      bytes[at] = value;
      const block = at - (at % 512);
      if (isMended) sealHeader(bytes.subarray(block, block + 512));
    }
    return cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
  });

test.skipIf(goIsMissing)(
  `lists generated and damaged archives like Go's archive/tar${note()}`,
  async () => {
    const made = fc.sample(archives, { numRuns: process.env.EXHAUSTIVE ? 4000 : 400, seed: 20261121 });
    const expected = await listWithGo(made);
    for (const [index, bytes] of made.entries()) {
      const { code, ...listing } = await listTar(bytes);
      expect({ index, ...listing }).toEqual({ index, ...expected[index] });
    }
  },
  120_000,
);

test.skipIf(goIsMissing)(`lists Go's own test archives like Go${note()}`, async () => {
  const root = spawnSync("go", ["env", "GOROOT"], { encoding: "utf8" }).stdout.trim();
  const directory = join(root, "src/archive/tar/testdata");
  const names = (await readdir(directory)).filter((name) => name.endsWith(".tar"));
  expect(names.length).toBeGreaterThan(30);
  const found = await Promise.all(names.map((name) => readFile(join(directory, name))));
  const expected = await listWithGo(found);
  for (const [index, bytes] of found.entries()) {
    const { code, ...listing } = await listTar(bytes);
    expect({ name: names[index], ...listing }).toEqual({ name: names[index], ...expected[index] });
  }
});

test("lists GNU tar's archives, in each of its formats, like Python's tarfile", async () => {
  const name = fc.stringMatching(/^[a-zé ]{1,40}$/).filter((text) => text.trim() === text);
  const files = fc.dictionary(name, fc.uint8Array({ maxLength: 2000 }), { minKeys: 1, maxKeys: 6 });
  for (const [index, tree] of fc.sample(files, { numRuns: 12, seed: 7 }).entries()) {
    const root = await mkdtemp(join(tmpdir(), "gnu-tar-"));
    onTestFinished(() => rm(root, { recursive: true }));
    const deep = join(
      root,
      "tree",
      ...Array.from({ length: (index % 4) * 2 }, () => "directory-with-a-rather-long-name"),
    );
    await mkdir(deep, { recursive: true });
    for (const [file, content] of Object.entries(tree)) await writeFile(join(deep, file), content);
    await symlink("/usr/bin/dash", join(deep, "LINK"));
    await writeFile(join(root, "sparse"), Buffer.concat([Buffer.alloc(1 << 16), Buffer.from("end")]));
    spawnSync("fallocate", ["--dig-holes", join(root, "sparse")]);
    for (const format of [
      "gnu",
      "oldgnu",
      "pax",
      "posix --sparse-version=0.0",
      "posix --sparse-version=0.1",
    ]) {
      const archive = join(root, "made.tar");
      const args = [
        "--sort=name",
        "-S",
        ...`--format=${format}`.split(" "),
        "-C",
        root,
        "-cf",
        archive,
        "tree",
        "sparse",
      ];
      expect(spawnSync("tar", args, { encoding: "utf8" }).stderr).toBe("");
      const ours = await listTar(await readFile(archive));
      expect(ours.isRefused).toBe(false);
      expect(ours.members.map(comparable)).toEqual(listWithPython(archive));
    }
  }
}, 60_000);

const listing = `
import hashlib, json, sys, tarfile
out = []
with tarfile.open(sys.argv[1], encoding="latin1", errors="strict") as archive:
    for m in archive:
        data = archive.extractfile(m).read() if m.isreg() else b""
        name = m.name
        out.append([name.rstrip("/"), m.size if m.isreg() else 0, m.mode, m.linkname, hashlib.sha256(data).hexdigest()])
print(json.dumps(out))
`;

/**
 * Lists an archive with Python. It always decodes PAX records as UTF-8, and others as latin1; both become
 * bytes again.
 */
function listWithPython(archive: string): unknown[] {
  const { stdout, stderr } = spawnSync("python3", ["-c", listing, archive], { encoding: "utf8" });
  expect(stderr).toBe("");
  return JSON.parse(stdout).map(([path, ...rest]: [string, ...unknown[]]) => [toLatin1(path), ...rest]);
}

function toLatin1(path: string): string {
  return [...path].some((character) => character > "\u00ff") || !/\u00c3/.test(path)
    ? Buffer.from(path, "utf8").toString("latin1")
    : path;
}

function comparable({
  path,
  size,
  type,
  mode,
  linkTarget,
  payload,
}: Awaited<ReturnType<typeof listTar>>["members"][number]) {
  return [path.replace(/\/$/, ""), "0S".includes(type) ? size : 0, mode, linkTarget, payload];
}

function note(): string {
  return goIsMissing === null ? "" : ` (skipped: ${goIsMissing})`;
}
