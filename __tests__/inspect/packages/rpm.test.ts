import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { packagesIn } from "../../helpers/package-records.ts";
import { rpmDatabase, rpmHeader } from "../../helpers/rpm-database.ts";

const path = "var/lib/rpm/rpmdb.sqlite";
const [name, version, release, epoch, size, arch, longSize] = [1000, 1001, 1002, 1003, 1009, 1022, 5009];
const bash = { [name]: "bash", [version]: "5.2", [release]: "1.fc40", [arch]: "x86_64", [size]: 8_000_000 };
const record = { name: "bash", version: "5.2-1.fc40", architecture: "x86_64", size: 8_000_000 };

test("reads name, epoch, version, release, architecture and size", async () => {
  const headers = [
    bash,
    { [name]: "huge", [epoch]: 0, [version]: "1", [release]: "2", [longSize]: 5_000_000_000n },
    { [name]: "gpg-pubkey", [version]: "1", [release]: "2" },
    { ...bash, [version]: "5.3" },
  ];
  const packages = [
    record,
    { name: "huge", version: "0:1-2", size: 5_000_000_000 },
    { name: "gpg-pubkey", version: "1-2" },
    { ...record, version: "5.3-1.fc40" },
  ];
  const database = rpmDatabase(headers.map(rpmHeader));
  for (const chunk of [1000, 65_536])
    expect(await packagesIn(path, database, { chunk })).toEqual([{ type: "rpm", packages }]);
  expect(await packagesIn(`srv/${path}`, database)).toBeUndefined();
});

test("reads an empty database", async () => {
  const places = [path, "usr/lib/sysimage/rpm/rpmdb.sqlite", "usr/share/rpm/rpmdb.sqlite"];
  for (const place of places)
    expect(await packagesIn(place, rpmDatabase([]))).toEqual([{ type: "rpm", packages: [] }]);
});

const whole = rpmDatabase([rpmHeader(bash), rpmHeader({ [name]: "x" })]);

test.each([
  ["no database", Buffer.from("SQLite"), 0],
  ["a truncated database", rpmDatabase([rpmHeader(bash)]).subarray(0, 5000), 0],
  ["a package without a version", whole, 1],
  ["a header of four billion entries", rpmDatabase([Buffer.alloc(100, 0xff)]), 0],
  ["a text without an end", rpmDatabase([rpmHeader(bash).subarray(0, 100)]), 0],
  ["a name that is none", rpmDatabase([rpmHeader({ ...bash, [name]: "a b" })]), 0],
])("says that %s was not read in full", async (_, bytes, count) => {
  const [records] = (await packagesIn(path, bytes)) ?? [];
  expect(records?.packages).toHaveLength(count);
  expect(records?.unread).toBeTypeOf("string");
});

test.each(["usr/lib/sysimage/rpm/Packages.db", "var/lib/rpm/Packages", "var/lib/rpm/rpmdb.sqlite-wal"])(
  "says that %s is not read",
  async (other) => {
    const unread = expect.any(String);
    expect(await packagesIn(other, "x")).toEqual([{ type: "rpm", packages: [], unread }]);
  },
);
