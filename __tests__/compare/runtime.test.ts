import { expect, test } from "vitest";
import { startsOtherwise, userOf, workingDirectoryOf } from "../../src/compare/runtime.ts";
import { inspection } from "../helpers/inspection.ts";

test.for<[string | null, string]>([
  [null, "root"],
  ["", "root"],
  ["0", "root"],
  ["00", "root"],
  ["root", "root"],
  ["0:0", "root"],
  ["root:root", "root"],
  ["root:0", "root"],
  [":", "root"],
  ["0:1000", "root:1000"],
  ["1000", "1000"],
  ["1000:", "1000"],
  ["1000:0", "1000:0"],
  ["app:app", "app:app"],
  ["rooty", "rooty"],
  ["10", "10"],
])("the user %j is %s", ([user, name]) => {
  expect(userOf(inspection({ user }))).toBe(name);
});

test.for<[string | null, string]>([
  [null, "/"],
  ["", "/"],
  ["/", "/"],
  ["/app/", "/app"],
  ["//app/./x/..", "/app"],
  ["$DIR/x/..", "$DIR/x/.."],
])("the working directory %j is %s", ([workingDirectory, name]) => {
  expect(workingDirectoryOf(inspection({ workingDirectory }))).toBe(name);
});

test("a start differs if the command, user or directory differs, but not if only its notation does", () => {
  const base = inspection({ entrypoint: ["/a", "b"], command: null, user: "0", workingDirectory: "/" });
  expect(startsOtherwise({ ...base, entrypoint: ["/a"], command: ["b"], user: null }, base)).toBe(false);
  expect(startsOtherwise({ ...base, entrypoint: ["/a b"] }, base)).toBe(true);
  expect(startsOtherwise({ ...base, command: ["c"] }, base)).toBe(true);
  expect(startsOtherwise({ ...base, user: "1" }, base)).toBe(true);
  expect(startsOtherwise({ ...base, workingDirectory: "/app" }, base)).toBe(true);
});
