import { expect, test } from "vitest";
import { compareVersions } from "../../../src/inspect/packages/version-order.ts";

// From the oldest to the newest, as each package manager's own documentation and tests order them.
test.each([
  [
    "deb",
    "0~~",
    "0~~a",
    "0~",
    "0",
    "0a",
    "0+",
    "1.0~rc1-1",
    "1.0-1~bpo1",
    "1.0-1",
    "1.0-1+b1",
    "1.0.1-1",
    "1.9",
    "1.10",
    "1:0.1",
  ],
  ["deb", "7.88.1-10+deb12u4", "7.88.1-10+deb12u12", "7.88.1-11"],
  [
    "rpm",
    "1.0~rc1-1",
    "1.0-1",
    "1.0^20240101-1",
    "1.0.1-1",
    "1.1-1",
    "1.1-1.fc40",
    "1.1-2",
    "1.10-1",
    "1:0.1-1",
  ],
  ["rpm", "1.a-1", "1.b-1", "1.1-1"],
  [
    "apk",
    "1.0_alpha-r0",
    "1.0_alpha2-r0",
    "1.0_beta-r0",
    "1.0_pre1-r0",
    "1.0_rc1-r0",
    "1.0",
    "1.0-r0",
    "1.0-r1",
    "1.0-r10",
    "1.0_git20240101-r0",
    "1.0_p1-r0",
    "1.0a-r0",
    "1.0.1-r0",
    "1.1-r0",
    "1.10-r0",
  ],
  [
    "npm",
    "1.0.0-1",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0",
    "1.9.0",
    "1.10.0+x",
  ],
  ["golang", "v0.0.0-20230101000000-abcdefabcdef", "v0.1.0", "v1.0.0"],
  ["pypi", "1.9", "1.10", "2"],
  ["maven", "1.9.0", "1.10", "1.10.0.1"],
] as const)("orders versions of type %s", (type, ...versions) => {
  for (const [index, version] of versions.entries()) {
    expect(compareVersions(type, version, version)).toBe(0);
    for (const later of versions.slice(index + 1)) {
      expect(compareVersions(type, version, later), `${version} ${later}`).toBeLessThan(0);
      expect(compareVersions(type, later, version), `${later} ${version}`).toBeGreaterThan(0);
    }
  }
});

test("does not guess the order of versions that it does not know", () => {
  for (const [type, a, b] of [
    ["maven", "1.0", "1.0-jre"],
    ["pypi", "1.0", "1.0.post1"],
    ["golang", "(devel)", "v1.0.0"],
    ["npm", "1.0.0", "latest"],
    ["apk", "1.0-r0", "master"],
  ] as const)
    expect(compareVersions(type, a, b)).toBeNull();
  expect(compareVersions("npm", "1.0.0+a", "1.0.0+b")).toBe(0);
  expect(compareVersions("pypi", "1.0", "1")).toBe(0);
});
