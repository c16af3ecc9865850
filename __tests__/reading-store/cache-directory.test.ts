import { expect, test } from "vitest";
import { defaultReadingDirectory } from "../../src/reading-store/cache-directory.ts";

test("readings are in each platform's cache directory", () => {
  const home = { HOME: "/home/ann" };
  expect(defaultReadingDirectory(home, "linux")).toBe("/home/ann/.cache/image-audit/readings");
  expect(defaultReadingDirectory({ ...home, XDG_CACHE_HOME: "/var/ann" }, "linux")).toBe(
    "/var/ann/image-audit/readings",
  );
  expect(defaultReadingDirectory({ HOME: "/Users/ann" }, "darwin")).toBe(
    "/Users/ann/Library/Caches/image-audit/readings",
  );
  expect(defaultReadingDirectory({ LOCALAPPDATA: "C:\\Users\\ann\\AppData\\Local" }, "win32")).toBe(
    "C:\\Users\\ann\\AppData\\Local\\image-audit\\readings",
  );
});

test("ignores a relative or empty directory", () => {
  const relative = { HOME: "/home/ann", XDG_CACHE_HOME: "cache" };
  expect(defaultReadingDirectory(relative, "linux")).toBe("/home/ann/.cache/image-audit/readings");
  expect(defaultReadingDirectory({ HOME: "" }, "linux")).toBeNull();
  expect(defaultReadingDirectory({}, "darwin")).toBeNull();
  expect(defaultReadingDirectory({ LOCALAPPDATA: "Local" }, "win32")).toBeNull();
});
