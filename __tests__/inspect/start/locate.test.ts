import { expect, test } from "vitest";
import { mayReach } from "../../../src/inspect/start/account.ts";
import { locate } from "../../../src/inspect/start/locate.ts";
import { filesystemOf } from "../../helpers/images.ts";
import { directory, file, symlink } from "../../helpers/tar.ts";

const chain = Array.from({ length: 41 }, (_, at) =>
  symlink(`chain/${at}`, at === 0 ? "/srv/file" : `${at - 1}`),
);
const filesystem = await filesystemOf([
  directory("srv", { mode: 0o700 }),
  file("srv/file", "x", { mode: 0o644 }),
  directory("srv/inner", { mode: 0o755 }),
  file("srv/inner/file", "x", { mode: 0o644 }),
  directory("open", { mode: 0o755 }),
  file("open/file", "x", { mode: 0o640, uid: 7, gid: 50 }),
  symlink("open/link", "../srv/./file"),
  symlink("open/nowhere", "/srv/nothing"),
  symlink("open/far", "../srv/./none//file"),
  symlink("open/again", "far"),
  symlink("open/back", "../none/../srv/file"),
  symlink("open/proc", "/proc/self/exe"),
  symlink("open/loop", "loop"),
  symlink("top", "/"),
  ...chain,
]);

test.for<[path: string, from: string, kind: string, where?: string]>([
  ["/srv/file", "/", "found", "srv/file"],
  ["srv/file", "/", "found", "srv/file"],
  ["file", "/srv", "found", "srv/file"],
  ["../open/link", "/srv", "found", "srv/file"],
  ["../../../srv/file", "/open", "found", "srv/file"],
  ["/top/top/srv/file", "/", "found", "srv/file"],
  ["../srv/file", "/made/by", "missing", "made/srv"],
  ["../../srv/file", "/made/by", "found", "srv/file"],
  ["/srv", "/", "found", "srv"],
  ["/srv/file/", "/", "missing", "srv/file"],
  ["/srv/file/..", "/", "missing", "srv/file"],
  ["file", "/srv/file", "missing", "srv/file"],
  ["/srv/none/file", "/", "missing", "srv/none"],
  ["/open/nowhere", "/", "missing", "srv/nothing"],
  ["/open/loop", "/", "missing", "open/loop"],
  ["/chain/39", "/", "found", "srv/file"],
  ["/chain/40", "/", "missing", "chain/0"],
  ["/", "/", "directory"],
  ["..", "/", "directory"],
  [".", "/made", "directory"],
  ["/proc/self/exe", "/", "mounted", "proc/self/exe"],
  ["/open/proc", "/", "mounted", "proc/self/exe"],
  [`/${"./".repeat(3000)}srv/file`, "/", "missing", ""],
])("%s from %s is %s %s", ([path, from, kind, where]) => {
  const place = locate(filesystem, path, from);
  expect(place.kind).toBe(kind);
  if (place.kind === "found") expect(place.node.path).toBe(where);
  if (place.kind === "missing" || place.kind === "mounted") expect(place.at).toBe(where);
});

test.for<[path: string, target: string | null]>([
  ["/open/nowhere", "srv/nothing"],
  ["/open/far", "srv/none/file"],
  ["/open/again", "srv/none/file"],
  ["/open/back", null],
  ["/top/open/nowhere", "srv/nothing"],
  ["/open/nowhere/file", null],
  ["/top/none", null],
  ["/srv/none", null],
])("%s is missing, and as a link leads to %s", ([path, target]) => {
  expect(locate(filesystem, path, "/")).toMatchObject({ kind: "missing", target });
});

test("directories on the way must be searchable, except those above the working directory", () => {
  const user = { uid: 1000, gids: new Set([1000]) };
  const reach = (path: string, from: string) => {
    const place = locate(filesystem, path, from);
    return place.kind === "found" ? mayReach(user, place, 4) : null;
  };
  expect([
    reach("/srv/file", "/"),
    reach("/open/link", "/"),
    reach("./file", "/srv"),
    reach("./file", "/srv/inner"),
  ]).toEqual([false, false, false, true]);
});

test.for<[string, Parameters<typeof mayReach>[0], boolean | null]>([
  ["root", { uid: 0, gids: null }, true],
  ["the owner", { uid: 7, gids: new Set() }, true],
  ["the group", { uid: 1, gids: new Set([50]) }, true],
  ["others", { uid: 1, gids: new Set([1]) }, false],
  ["one of unknown groups", { uid: 1, gids: null }, null],
  ["anybody", null, null],
])("a file of mode 0640 is read by %s", ([, account, answer]) => {
  const place = locate(filesystem, "/open/file", "/");
  if (place.kind !== "found") throw new Error("it is not there");
  expect(mayReach(account, place, 4)).toBe(answer);
});

test("even root needs an execute bit", () => {
  const place = locate(filesystem, "/srv/file", "/");
  if (place.kind !== "found") throw new Error("it is not there");
  expect([mayReach({ uid: 0, gids: null }, place, 1), mayReach(null, place, 1)]).toEqual([false, false]);
});

test("refuses links that are made to be followed without end", async () => {
  const links = Array.from({ length: 40 }, (_, at) =>
    symlink(`${at}`, `${"./".repeat(2000)}${at === 39 ? "nothing" : at + 1}`),
  );
  const hostile = await filesystemOf(links);
  const follow = () => {
    for (let count = 0; count < 1000; count++) locate(hostile, "/0", "/");
  };
  expect(follow).toThrow(/more path components than any real image/);
});
