import { expect, test } from "vitest";
import { resolveUser } from "../../../src/inspect/start/user.ts";
import { filesystemOf } from "../../helpers/images.ts";
import { directory, file, symlink } from "../../helpers/tar.ts";

const passwd = "root:x:0:0::/:/bin/sh\n\n  app:x:1000:1001::/:\nodd:x:y\n";
const both = await filesystemOf([
  file("etc/passwd", passwd),
  file("etc/group", "root:x:0:\nstaff:x:50:other,app\n"),
]);

test.for<[string, uid: number, gids: readonly number[]]>([
  ["", 0, [0]],
  ["root", 0, [0]],
  ["app", 1000, [1001, 50]],
  ["1000", 1000, [1001, 50]],
  ["app:", 1000, [1001, 50]],
  ["app:staff", 1000, [50]],
  [":staff", 0, [50]],
  ["app:7", 1000, [7]],
  ["1234", 1234, [0]],
  ["1234:5678", 1234, [5678]],
  ["+1234:staff", 1234, [50]],
  ["odd", 0, [0]],
])("%s is an account", ([user, uid, gids]) => {
  const { account, problem, unproven } = resolveUser(user, both);
  expect([problem, unproven, account?.uid]).toEqual([null, null, uid]);
  expect([...(account?.gids ?? [])]).toEqual(gids);
});

test.for<[string, path: string, needs: string]>([
  ["nobody", "/etc/passwd", "nobody"],
  ["nobody:staff", "/etc/passwd", "nobody"],
  ["app:wheel", "/etc/group", "wheel"],
  ["1234:wheel", "/etc/group", "wheel"],
  ["-1", "/etc/passwd", "-1"],
  ["2147483648", "/etc/passwd", "2147483648"],
  ["1:99999999999999999999", "/etc/group", "99999999999999999999"],
  ["1e3", "/etc/passwd", "1e3"],
])("%s is not an account", ([user, path, needs]) => {
  expect(resolveUser(user, both).problem).toMatchObject({ class: "user", path, needs });
});

test("without the files, numbers are accounts, but names are not, not even root", async () => {
  const bare = await filesystemOf([]);
  const isAccount = (user: string) => resolveUser(user, bare).problem === null;
  expect(["", "0", "1234:5678", "2147483647"].filter(isAccount)).toHaveLength(4);
  expect(["root", "app", "0:root"].filter(isAccount)).toEqual([]);
});

test("an empty file has no names, and a file with unknown text may have any", async () => {
  const empty = await filesystemOf([file("etc/passwd", "")]);
  expect(resolveUser("app", empty).problem?.found).toBe("the file has no such name");
  const elsewhere = await filesystemOf([symlink("etc/passwd", "/nix/passwd"), file("nix/passwd", passwd)]);
  expect(resolveUser("app", elsewhere)).toMatchObject({
    account: null,
    problem: null,
    unproven: expect.any(String),
  });
  const odd = await filesystemOf([directory("etc/passwd")]);
  expect(resolveUser("app", odd).problem).toBe(null);
  expect(resolveUser("7", elsewhere).account).toEqual({ uid: 7, gids: null });
});
