import { expect, test } from "vitest";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import { atOnce } from "../../src/image/work.ts";
import { measuringPaths } from "../../src/inspect/path-sizes.ts";
import { pathGlob } from "../../src/policy/path-pattern.ts";
import { readMembers } from "../helpers/layers.ts";
import { directory, file, hardlink, symlink, whiteout } from "../helpers/tar.ts";

const members = [
  directory("opt"),
  file("opt/models/a.bin", "x".repeat(100)),
  file("opt/models/.hidden/b.bin", "x".repeat(20)),
  hardlink("opt/models/c.bin", "opt/models/a.bin"),
  hardlink("srv/d", "opt/models/a.bin"),
  symlink("opt/link", "models"),
  file("opt/models2/e", "x".repeat(3)),
  file("opt/line\nend/f.bin", "x".repeat(4)),
  file("opt/caf\u00e9/g", "x".repeat(5)),
  file("[x]{y}", "x".repeat(6)),
  file("gone/h", "x".repeat(7)),
];

test.each([
  ["/opt/models", 120],
  ["/opt/models/", 120],
  ["/opt/models/*", 120],
  ["/opt/*.bin", 0],
  ["/opt/**/*.bin", 124],
  ["/opt/**", 132],
  ["/", 138],
  ["/srv/d", 100],
  ["/opt/link", 0],
  ["/opt/link/*", 0],
  ["/opt/caf?", 5],
  ["/opt/model?2", 3],
  ["/\\[x\\]{y}", 6],
  ["/gone", 0],
  ["/opt/models/{a,b}.bin", 0],
])("%s holds %d bytes", async (pattern, bytes) => {
  const filesystem = mergeLayers([await readMembers(members), await readMembers([whiteout("gone/h")])]);
  const matchers = [{ pattern, names: pathGlob(pattern, "paths") }];
  expect(atOnce(measuringPaths(filesystem, matchers))).toEqual([{ pattern, bytes }]);
});

test("measures several paths in one walk, each by itself", async () => {
  const filesystem = mergeLayers([await readMembers(members)]);
  const patterns = ["/opt", "/opt/models", "/**/*.bin"];
  const matchers = patterns.map((pattern) => ({ pattern, names: pathGlob(pattern, "paths") }));
  const sizes = atOnce(measuringPaths(filesystem, matchers));
  expect(sizes.map(({ bytes }) => bytes)).toEqual([132, 120, 124]);
});
