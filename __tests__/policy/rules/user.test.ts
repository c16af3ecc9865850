import { expect, test } from "vitest";
import type { RunsAs } from "../../../src/inspect/inspection.ts";
import { told } from "../../helpers/findings.ts";
import { inspection } from "../../helpers/inspection.ts";
import { hostileTexts } from "../../helpers/situations.ts";

const root: RunsAs = { isRoot: true, uid: 0, isInRootGroup: true, unknown: null };
const unknown: RunsAs = {
  isRoot: null,
  uid: null,
  isInRootGroup: null,
  unknown: "the file has no such name",
};
const app: RunsAs = { isRoot: false, uid: 1000, isInRootGroup: false, unknown: null };

test.each([
  [root, "fail", "warn", "runs-as-root"],
  [unknown, "inconclusive", "warn", "account-unknown"],
  [app, "pass", "pass", undefined],
  [{ ...app, isInRootGroup: true }, "pass", "pass", "root-group"],
])("%o", (runsAs, required, wanted, reason) => {
  const head = inspection({ runsAs });
  expect(told("user", "non-root", { head })).toMatchObject({ verdict: required, reason });
  expect(told("user", "warn-non-root", { head })).toMatchObject({ verdict: wanted, reason });
  expect(told("user", "off", { head })).toBeNull();
});

test("says how the container becomes root", () => {
  const sentence = (user: string | null) =>
    told("user", "non-root", { head: inspection({ user, runsAs: root }) })?.sentence;
  expect(sentence(null)).toBe("The container starts as root (without USER).");
  expect(sentence("toor")).toBe("The container starts as root (as toor).");
});

test("hostile users are quoted and never root", () => {
  for (const user of hostileTexts) {
    expect(told("user", "non-root", { head: inspection({ user, runsAs: unknown }) })?.verdict).toBe(
      "inconclusive",
    );
  }
});
