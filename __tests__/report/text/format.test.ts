import { expect, test } from "vitest";
import { parseLimit } from "../../../src/policy/limit.ts";
import {
  formatBytes,
  formatBytesUnlike,
  formatChange,
  formatCountChange,
  formatLimit,
  formatPercentChange,
  formatRow,
} from "../../../src/report/text/format.ts";

/** Replaces non-breaking spaces, for readable expectations. */
const plain = (text: string | null) => text?.replaceAll("\u00a0", " ") ?? null;

test.for<[number, string]>([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.00 kB"],
  [12_345, "12.3 kB"],
  [999_499, "999 kB"],
  [999_500, "1.00 MB"],
  [1_830_000, "1.83 MB"],
  [99_949_999, "99.9 MB"],
  [1_270_000_000, "1.27 GB"],
  [4_470_000_000_000, "4.47 TB"],
])("%i bytes are %s", ([bytes, text]) => {
  expect(plain(formatBytes(bytes))).toBe(text);
});

test("a size is never shown as over a limit with the same text", () => {
  expect(plain(formatBytesUnlike(100_000_001, 100_000_000))).toBe("100,000,001 B");
  expect(plain(formatBytesUnlike(100_040_000, 100_000_000))).toBe("100.04 MB");
  expect(plain(formatBytesUnlike(100_000_000, 100_040_000))).toBe("100 MB");
  expect(plain(formatBytesUnlike(1_270_000_000, 100_000_000))).toBe("1.27 GB");
});

test("a row has one unit if no size loses its digits", () => {
  expect(formatRow([980_000_000, 1_270_000_000]).map(plain)).toEqual(["0.98 GB", "1.27 GB"]);
  expect(formatRow([1_830_000, 1_270_000_000]).map(plain)).toEqual(["1.83 MB", "1.27 GB"]);
  expect(formatRow([null, 5]).map(plain)).toEqual([null, "5 B"]);
});

test("changes always have a sign, with a real minus", () => {
  expect([1_260_000_000, -12_300, 0].map((bytes) => plain(formatChange(bytes)))).toEqual([
    "+1.26 GB",
    "−12.3 kB",
    "±0 B",
  ]);
  expect([3, -1, 0].map(formatCountChange)).toEqual(["+3", "−1", "±0"]);
});

test.for<[number, string | null]>([
  [0.66, "+0.7%"],
  [-0.01, "<0.1%"],
  [0, "±0%"],
  [47.4, "+47%"],
  [-99.86, "−99.9%"],
  [-99.99, "−99.9%"],
  [-100, "−100%"],
  [69_000, null],
])("%d percent is %s", ([percent, text]) => {
  expect(formatPercentChange(percent)).toBe(text);
});

test.for(["10 MB", "5%", "5% and 10 MB", "0.5% or 100 kB", "1.5 GB"])(
  "shows the limit %s as it was written",
  (text) => {
    expect(plain(formatLimit(parseLimit(text)))).toBe(text === "1.5 GB" ? "1.50 GB" : text);
  },
);
