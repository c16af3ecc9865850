import { expect, test } from "vitest";
import { exitOf, statusOfVerdict, unfinishedAudit } from "../../src/audit/exit-status.ts";
import { Failure } from "../../src/failure.ts";
import { renderJson } from "../../src/report/machine/json.ts";

test("only an image that passes, with or without warnings, ends with 0", () => {
  expect(statusOfVerdict).toEqual({ pass: 0, warn: 0, fail: 1, inconclusive: 2 });
});

test("a failure ends with 2, its code and its sentence, without a stack", () => {
  expect(exitOf(new Failure("git-missing", "git is not installed."))).toEqual({
    status: 2,
    code: "git-missing",
    message: "git is not installed.",
    stack: null,
  });
});

test("any other error is our bug and ends with 3 and its stack", () => {
  const ending = exitOf(new TypeError("x is not a function"));
  expect(ending).toMatchObject({ status: 3, code: "bug" });
  expect(ending.message).toBe("This is a bug in Image Audit, please report it: x is not a function");
  expect(ending.stack).toContain("exit-status.test.ts");
});

test.each([
  ["a word", "a word"],
  [undefined, "undefined"],
  [null, "null"],
])("a thrown %j also has a stack", (thrown, text) => {
  const ending = exitOf(thrown);
  expect(ending.status).toBe(3);
  expect(ending.message).toContain(text);
  expect(ending.stack).toContain("Error");
});

test("an audit that ended early has an inconclusive report with the reason", () => {
  const audit = unfinishedAudit(exitOf(new Failure("buildx-missing", "docker buildx is not installed.")));
  expect(JSON.parse(renderJson(audit))).toMatchObject({
    schemaVersion: 1,
    verdict: "inconclusive",
    images: [],
    error: { code: "buildx-missing", message: "docker buildx is not installed." },
  });
});
