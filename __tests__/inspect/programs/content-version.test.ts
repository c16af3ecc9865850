import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { readLayer } from "../../../src/image/layer/layer.ts";
import { toBytes } from "../../../src/image/readings/bytes.ts";
import { readerVersion } from "../../../src/image/readings/reader-version.ts";
import { examineContent } from "../../../src/inspect/content.ts";
import { contentVersion } from "../../../src/inspect/programs/content-version.ts";
import { marker, versionOfMarkers } from "../../../src/inspect/programs/marker.ts";
import { packageManagerMarkers } from "../../../src/inspect/programs/package-manager-markers.ts";
import { shellMarkers } from "../../../src/inspect/programs/shell-markers.ts";
import { digestOf } from "../../../src/oci/digest.ts";
import { elfFile } from "../../helpers/elf.ts";
import { goProgram } from "../../helpers/go-build-info.ts";
import { elf } from "../../helpers/programs.ts";
import { sectionedElf } from "../../helpers/sectioned-elf.ts";
import { capabilitiesRecord, directory, file, hardlink, symlink, tar } from "../../helpers/tar.ts";
import { zip } from "../../helpers/zip.ts";

test("the version changes with the markers, their names, their strings and their numbers", () => {
  const markers = [...shellMarkers, ...packageManagerMarkers];
  const [first, ...rest] = markers;
  if (first === undefined) throw new Error("there are no markers");
  const changed = [
    rest,
    [...markers, marker("new", 1, ["something new"])],
    [{ ...first, name: "renamed" }, ...rest],
    [{ ...first, signs: first.signs.map(({ least, of }) => ({ least, of: [...of, "more"] })) }, ...rest],
    [{ ...first, signs: first.signs.map(({ least, of }) => ({ least: least + 1, of })) }, ...rest],
  ].map(versionOfMarkers);
  const versions = new Set([contentVersion, versionOfMarkers(markers), ...changed].map(readerVersion));
  expect(versions.size).toBe(1 + changed.length);
});

test("a change to the reading of the same bytes requires a new number in reader-version.ts", async () => {
  const { reading } = await readLayer(chunksOf(sampleLayer), { examine: examineContent });
  // The sample's own digest and size change with the test's tar writer, which does not matter.
  const blob = { digest: digestOf(Buffer.of()), size: 0 };
  const bytes = toBytes({ reading: { ...reading, diffId: blob.digest, tarSize: 0 }, blob });
  const number = readerVersion("").split("-")[0];
  // If the digest differs, increase the number, and write both here.
  expect([number, digestOf(bytes)]).toEqual([
    "21",
    "sha256:bdcf34c2b3c45488394c1962328cb53d0e8844de0a7163002c956a4bac466ad6",
  ]);
});

const executable = { mode: 0o755, modified: 1_700_000_000 };

/** A layer with an example of everything that a reading records. */
const sampleLayer = tar([
  directory("usr/"),
  directory("./usr/bin", { pax: { mtime: "-1.5" } }),
  file("usr/bin/bash", elf({ program: "bash" }), executable),
  file("usr/bin/packed", elf({ isPackedByUpx: true }), executable),
  file("usr/bin/dense", elf({ hasSections: false, denseBytes: 20_000 }), executable),
  file("usr/lib/dpkg", elf({ program: "dpkg", type: "exec" })),
  file("usr/bin/script", "#!/bin/sh -e\nexit", executable),
  file("usr/bin/data", "no program", executable),
  file("usr/lib/plain", "not looked at"),
  file("usr/lib/model", `version https://git-lfs.github.com/spec/v1\noid sha256:${"4".repeat(64)}\nsize 7\n`),
  file("etc/os-release", "ID=debian\n"),
  file("app/.env", "DB_PASSWORD=hunter2\n"),
  file("etc/ld.so.preload", "libsample.so.1\n"),
  file("var/lib/dpkg/status", dpkgStatus()),
  file("var/lib/rpm/Packages", "not read"),
  file("lib/apk/db/installed", "P:sample\nV:1-r0\nI:7\n\n"),
  file("usr/lib/python3/dist-packages/sample-1.dist-info/METADATA", "Name: Sample\nVersion: 1\n"),
  file("srv/node_modules/@sample/one/package.json", '{"name":"@sample/one","version":"1.0.0"}'),
  file("srv/sample.jar", sampleJar()),
  file("usr/bin/sample", goProgram("go1.26.8", "mod\tsample\tv1.0.0\t\ndep\tother\tv2.0.0\n"), executable),
  file("usr/bin/audited", rustProgram({ packages: [{ name: "sample", version: "1.0.0" }] }), executable),
  file("etc/passwd", "root:hash:0:0:root:/root:/bin/sh\n"),
  file("usr/lib/libsample.so.1", sampleLibrary()),
  file("usr/bin/ping", "", { ...executable, pax: { "SCHILY.xattr.security.capability": "x", mtime: "1.5" } }),
  file("usr/bin/bind", "", { ...executable, pax: capabilitiesRecord([10]) }),
  file("srv/shared", "", { pax: { "SCHILY.xattr.system.posix_acl_access": "x" } }),
  file("odd", "", { pax: { odd: "record" } }),
  symlink("usr/bin/sh", "../bin/bash"),
  hardlink("usr/bin/rbash", "usr/bin/bash"),
  file("etc/os-release", "ID=again\n", { uid: 1000, gid: 2_000_000 }),
  file("../outside", "x"),
  file("usr/.wh.gone"),
  file("opt/.wh..wh..opq"),
  file("usr/.wh.lib"),
  { path: "dev/null", type: "3", device: [1, 3] },
  { path: "run/fifo", type: "6" },
]);

function dpkgStatus(): string {
  const fields = {
    Status: "install ok installed",
    Architecture: "amd64",
    "Installed-Size": "5",
    Version: "1:2-3",
  };
  const paragraph = Object.entries({ Package: "sample", ...fields }).map(
    ([name, value]) => `${name}: ${value}\n`,
  );
  return `${paragraph.join("")}\nnot a field\n`;
}

function sampleJar(): Buffer {
  const name = "META-INF/maven/g/a/pom.properties";
  return zip([{ name, content: "groupId=g\nartifactId=a\nversion=1\n", isStored: true }]);
}

function rustProgram(crates: object): Buffer {
  return sectionedElf({ sections: { ".dep-v0": deflateSync(JSON.stringify(crates), { level: 0 }) } });
}

function sampleLibrary(): Buffer {
  const versions = [{ name: "GLIBC_2.34" }, { name: "GLIBC_2.35", isWeak: true }] as const;
  const versionNeeds = [{ library: "libc.so.6", versions }];
  const lists = { needed: ["libc.so.6"], versionNeeds, versionDefinitions: ["SAMPLE_1"] };
  return elfFile({
    interpreter: "/lib64/ld-linux-x86-64.so.2",
    dynamic: { soname: "libsample.so.1", rpath: "/a", runpath: "/b", isPie: true, ...lists },
  });
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
