import { expect, test } from "vitest";
import { comparePackages } from "../../src/compare/package-changes.ts";
import type { Package } from "../../src/inspect/packages/package.ts";
import { debianPackage, inspection } from "../helpers/inspection.ts";

function changes(base: readonly Package[], head: readonly Package[]) {
  const { changes, difference } = comparePackages(
    inspection({ packages: head }),
    inspection({ packages: base }),
  );
  return {
    changes: changes.map(({ kind, name, base, head, difference }) => [kind, name, base, head, difference]),
    difference,
  };
}

const curl = debianPackage("curl", "7.88.1-10", 500);
const npm = (version: string, path: string): Package => ({
  ...debianPackage("qs", version),
  type: "npm",
  architecture: null,
  size: null,
  path,
});

test("tells which packages were added, removed, upgraded and downgraded, the largest difference first", () => {
  const base = [curl, debianPackage("gone", "1", 100), debianPackage("perl", "5.36", 1000)];
  const head = [
    debianPackage("curl", "7.88.1-10+deb12u1", 520),
    debianPackage("gcc-12", "12.2.0-14", 9000),
    debianPackage("perl", "5.34", 800),
  ];
  expect(changes(base, head)).toEqual({
    changes: [
      ["added", "gcc-12", null, "12.2.0-14", 9000],
      ["downgraded", "perl", "5.36", "5.34", -200],
      ["removed", "gone", "1", null, -100],
      ["upgraded", "curl", "7.88.1-10", "7.88.1-10+deb12u1", 20],
    ],
    difference: 8720,
  });
  expect(changes(head, head)).toEqual({ changes: [], difference: 0 });
});

test("the sum is unknown if one difference is", () => {
  const head = [curl, { ...debianPackage("x", "1"), size: null }];
  expect(changes([], head)).toEqual({
    changes: [
      ["added", "curl", null, "7.88.1-10", 500],
      ["added", "x", null, "1", null],
    ],
    difference: null,
  });
});

test("an architecture is a package of its own", () => {
  const other = { ...curl, architecture: "i386" };
  expect(changes([curl], [curl, other]).changes).toEqual([["added", "curl", null, "7.88.1-10", 500]]);
});

test("pairs several versions of a package by the path of their record", () => {
  const base = [npm("1.0.0", "/a"), npm("2.0.0", "/b"), npm("3.0.0", "/c")];
  const head = [npm("1.5.0", "/a"), npm("2.0.0", "/moved"), npm("4.0.0", "/d")];
  expect(changes(base, head).changes).toEqual([
    ["upgraded", "qs", "1.0.0", "1.5.0", null],
    ["added", "qs", null, "4.0.0", null],
    ["removed", "qs", "3.0.0", null, null],
  ]);
  expect(changes([npm("1.0.0", "/a")], [npm("2.0.0", "/b")]).changes).toEqual([
    ["upgraded", "qs", "1.0.0", "2.0.0", null],
  ]);
});

test("does not compare a type if a side has a record of it that could not be read", () => {
  const unread = [{ path: "/var/lib/dpkg/status", type: "deb", detail: "ends within a line" }] as const;
  const [one, other] = [
    inspection({ packages: [curl, npm("1", "/a")] }),
    inspection({ packagesUnread: unread }),
  ];
  for (const [head, base] of [
    [one, other],
    [other, one],
  ] as const) {
    const { changes, uncompared } = comparePackages(head, base);
    expect(changes.map(({ name }) => name)).toEqual(["qs"]);
    expect(uncompared).toEqual(["deb"]);
  }
});

test("compares a hundred thousand versions of one name quickly", () => {
  const versions = (from: number) =>
    Array.from({ length: 100_000 }, (_, index) => npm(`${from + index}`, `/${index}`));
  expect(changes(versions(0), versions(50_000)).changes).toHaveLength(100_000);
});
