import { expect, test } from "vitest";
import { runsAsOf } from "../../src/inspect/runs-as.ts";
import { filesystemOf } from "../helpers/images.ts";
import { file } from "../helpers/tar.ts";

const passwd = "root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:\napp:x:1000:1000::/:\nwheel:x:1001:0::/:\n";
const group = "root:x:0:\napp:x:1000:\n";

test.each<[string | null, boolean | null, number | null, boolean | null]>([
  [null, true, 0, true],
  ["", true, 0, true],
  ["0", true, 0, true],
  ["000", true, 0, true],
  ["0:1000", true, 0, false],
  ["root", true, 0, true],
  ["toor", true, 0, true],
  [":app", true, 0, false],
  ["app", false, 1000, false],
  ["1000", false, 1000, false],
  ["app:root", false, 1000, true],
  ["wheel", false, 1001, true],
  ["65532", false, 65532, true],
  ["65532:65532", false, 65532, false],
  ["nobody", null, null, null],
  ["Root", null, null, null],
  ["99999999999", null, null, null],
  ["root\n", null, null, null],
])("USER %j", async (user, isRoot, uid, isInRootGroup) => {
  const filesystem = await filesystemOf([file("etc/passwd", passwd), file("etc/group", group)]);
  const runsAs = runsAsOf(user, filesystem, false);
  expect(runsAs).toMatchObject({ isRoot, uid, isInRootGroup });
  expect(runsAs.unknown === null).toBe(isRoot !== null);
});

test("root is root even where engines find no such account, and a hidden number stays hidden", async () => {
  const filesystem = await filesystemOf([]);
  expect(runsAsOf("root", filesystem, false)).toMatchObject({
    isRoot: true,
    unknown: "/etc/passwd: this image has no such file",
  });
  expect(runsAsOf("4711", filesystem, true)).toMatchObject({ isRoot: false, uid: null });
});
