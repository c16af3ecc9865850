import { constants } from "node:os";
import { getSystemErrorMap } from "node:util";
import { describe, expect, test } from "vitest";
import { exitOf } from "../../src/audit/exit-status.ts";
import { Failure } from "../../src/failure.ts";
import { fileFailure, isAbsent, isSystemError, systemMeaning } from "../../src/process/system-error.ts";

const codes = Object.keys(constants.errno);

function systemError(
  code: string,
  more: object = { path: "/some/file", syscall: "open" },
): NodeJS.ErrnoException {
  const errno = -(constants.errno[code as keyof typeof constants.errno] ?? 1);
  return Object.assign(new Error(`${code}: said by the system`), { code, errno, ...more });
}

test("recognises the errors of this system", () => {
  expect(codes.length).toBeGreaterThan(60);
  expect(getSystemErrorMap().size).toBeGreaterThan(60);
});

describe.each(codes)("%s", (code) => {
  test("becomes a sentence with the file and the code", () => {
    const failure = fileFailure(systemError(code), "./named");
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: "file-failed" });
    expect((failure as Failure).message).toMatch(/^\.\/named [^\n]+\.$/);
    expect((failure as Failure).message).toContain(`(${code})`);
  });

  test("ends a run as a failure, not as a bug, with or without a path", () => {
    const { status, stack, message } = exitOf(systemError(code));
    expect({ status, stack }).toEqual({ status: 2, stack: null });
    expect(message).toContain("/some/file");
    expect(exitOf(systemError(code, { syscall: "read" }))).toMatchObject({
      status: 2,
      message: expect.stringMatching(/^The system refuses read: .+\.$/),
    });
  });
});

test("distinguishes a missing file from an inaccessible one", () => {
  expect(["ENOENT", "ENOTDIR", "EACCES", "ELOOP"].map((code) => isAbsent(systemError(code)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("does not change errors of a program", () => {
  for (const error of [
    new TypeError("x is undefined"),
    new RangeError("too deep"),
    "text",
    null,
    Object.assign(new Error("x"), { code: "ERR_INVALID_ARG_TYPE" }),
    Object.assign(new Error("The argument 'x' is invalid"), { code: "ERR_INVALID_ARG_VALUE" }),
  ]) {
    expect(isSystemError(error)).toBe(false);
    expect(fileFailure(error, "./named")).toBe(error);
    expect(exitOf(error)).toMatchObject({ status: 3, code: "bug" });
  }
});

test("shows no NUL", () => {
  const error = Object.assign(new TypeError("must be a string without null bytes"), {
    code: "ERR_INVALID_ARG_VALUE",
  });
  expect(systemMeaning(error, "a\0b")).toBe(
    "a\u2400b contains a NUL, which no file name can contain: remove it (ERR_INVALID_ARG_VALUE).",
  );
});
