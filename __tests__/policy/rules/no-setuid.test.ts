import { expect, test } from "vitest";
import type { PrivilegedFile } from "../../../src/inspect/inspection.ts";
import { told } from "../../helpers/findings.ts";
import { baseLayers, inspection, layer } from "../../helpers/inspection.ts";
import { hostileTexts } from "../../helpers/situations.ts";

function privileged(path: string, inLayer = 0, by: PrivilegedFile["by"] = ["setuid"]): PrivilegedFile {
  return { path, by, uid: 0, gid: 0, bytes: 1, layer: inLayer };
}

function having(...files: readonly PrivilegedFile[]) {
  const layers = [...baseLayers("debian", 100), layer("COPY . .", 10, { line: 4 })];
  return inspection({ layers, privileged: files });
}

const su = privileged("/usr/bin/su");

test("each level has its verdict", () => {
  const rule = (level: string, head = having(su), base = having()) =>
    told("no-setuid", level, { head, base });
  expect(rule("off")).toBeNull();
  expect(rule("fail")).toMatchObject({
    verdict: "fail",
    actual: 1,
    paths: ["/usr/bin/su"],
    reason: "present",
  });
  expect(rule("warn")?.verdict).toBe("warn");
  expect(rule("ratchet")).toMatchObject({ verdict: "fail", reason: "worse-than-base" });
  expect(rule("ratchet", having(su), having(privileged("/bin/su")))?.verdict).toBe("pass");
  expect(rule("ratchet", having(su, privileged("/app/run", 1)), having(su))).toMatchObject({
    verdict: "fail",
    paths: ["/app/run"],
    actual: 2,
  });
  expect(
    rule("ratchet", having(privileged("/usr/bin/su", 0, ["setuid", "setgid"])), having(su))?.verdict,
  ).toBe("fail");
  expect(rule("fail", having(), having(su))).toMatchObject({ verdict: "pass", actual: 0 });
});

test("capabilities are no set-uid bit", () => {
  const head = having(privileged("/usr/bin/ping", 0, ["capabilities"]));
  expect(told("no-setuid", "fail", { head })?.verdict).toBe("pass");
});

test("names own files first, with the line that added them", () => {
  const head = having(su, privileged("/app/run", 1, ["setgid"]));
  expect(told("no-setuid", "fail", { head })).toMatchObject({
    paths: ["/app/run", "/usr/bin/su"],
    sentence:
      "The image has set-uid or set-gid files: set-gid /app/run (line 4) and set-uid /usr/bin/su (base image).",
  });
});

test("without a base the ratchet is inconclusive, and only warns for a new Dockerfile", () => {
  const at = (reason: "new" | "build-failed") =>
    told("no-setuid", "ratchet", { head: having(su), baseMissing: { reason, message: "" } });
  expect(at("build-failed")).toMatchObject({ verdict: "inconclusive", reason: "no-base" });
  expect(at("new")).toMatchObject({ verdict: "warn", reason: "present-in-new" });
});

test("hostile names are told apart", () => {
  const files = hostileTexts.map((text) => privileged(`/bin/${text}`));
  expect(told("no-setuid", "ratchet", { head: having(...files), base: having(...files) })?.verdict).toBe(
    "pass",
  );
  expect(
    told("no-setuid", "ratchet", { head: having(...files), base: having(...files.slice(1)) }),
  ).toMatchObject({
    verdict: "fail",
    paths: [`/bin/${hostileTexts[0]}`],
  });
});
