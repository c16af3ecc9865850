import fc from "fast-check";
import { expect, test } from "vitest";
import { breaches, type Limit, maxBytes, maxGrowth, parseLimit } from "../../src/policy/limit.ts";

test.for<[string, number]>([
  ["1024", 1024],
  ["300MB", 300_000_000],
  ["300 MiB", 314_572_800],
  ["1.5GB", 1_500_000_000],
  ["0.1GB", 100_000_000],
  ["100kb", 100_000],
  ["1KiB", 1024],
  ["2TB", 2_000_000_000_000],
  ["0", 0],
  // Fractions of a byte are dropped: size > 1153433.6 and size > 1153433 are the same for whole bytes.
  ["1.1MiB", 1_153_433],
])("the size %s is %i bytes", ([text, bytes]) => {
  expect(maxBytes.parse(text, "max-size")).toBe(bytes);
});

test.for([
  "",
  "MB",
  "-1MB",
  "1e3",
  "10M",
  "10 megabytes",
  "5%",
  "1.5",
  "0x10",
  "9999999999TB",
  "1,000MB",
  "1MB MB",
])("refuses %s as a size", (text) => {
  expect(() => maxBytes.parse(text, "max-size")).toThrow(/^max-size is ".*", which is not a size: .*300MB/);
});

test.for<[string, Limit]>([
  ["10MB", { kind: "bytes", bytes: 10_000_000 }],
  ["5%", { kind: "percent", percent: 5 }],
  ["0.5 %", { kind: "percent", percent: 0.5 }],
  ["5% and 10MB", { kind: "and", percent: 5, bytes: 10_000_000 }],
  ["10 MB OR 5%", { kind: "or", percent: 5, bytes: 10_000_000 }],
])("parses the limit %s", ([text, limit]) => {
  expect(parseLimit(text)).toEqual(limit);
});

test.for(["5% and 6%", "1MB or 2MB", "5% and", "5% xor 1MB", "5% and 1MB and 2MB", "-5%", "0.00001%"])(
  "refuses %s as a limit",
  (text) => {
    expect(() => parseLimit(text, "max-increase")).toThrow(/^max-increase is /);
  },
);

test("a size equal to the limit passes, and one byte more does not", () => {
  const limit = parseLimit("5% and 10MB");
  expect(breaches(limit, { difference: 10_000_000, base: 100_000_000 })).toBe(false);
  expect(breaches(limit, { difference: 10_000_001, base: 100_000_000 })).toBe(true);
  expect(breaches(limit, { difference: 10_000_001, base: 1_000_000_000 })).toBe(false);
  expect(breaches(parseLimit("5% or 10MB"), { difference: 10_000_001, base: 1_000_000_000 })).toBe(true);
});

test("compares percentages exactly, unlike floating point", () => {
  // 0.07 * 100 is 7.000000000000001
  expect(breaches(parseLimit("7%"), { difference: 7, base: 100 })).toBe(false);
  expect(breaches(parseLimit("0.7%"), { difference: 2_100_000_000_001, base: 300_000_000_000_000 })).toBe(
    true,
  );
});

test("growth from zero exceeds every percentage, and no growth exceeds none", () => {
  expect(breaches(parseLimit("900%"), { difference: 1, base: 0 })).toBe(true);
  expect(breaches(parseLimit("0%"), { difference: 0, base: 0 })).toBe(false);
});

test("every text is a limit or is refused with a message", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0159.%kMGiB andor\t") }), (text) => {
      try {
        const limit = parseLimit(text);
        if (limit.kind !== "percent") expect(Number.isSafeInteger(limit.bytes)).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: "input-invalid" });
      }
    }),
  );
});

// Bytes are large, so that the rounding of a base does not matter.
const anyBytes = fc.nat(1000).map((count) => count * 1_000_000);
const anyLimit: fc.Arbitrary<Limit> = fc.oneof(
  fc.record({ kind: fc.constant("bytes" as const), bytes: anyBytes }),
  fc.record({ kind: fc.constant("percent" as const), percent: fc.nat(200) }),
  fc.record({
    kind: fc.constantFrom("and" as const, "or" as const),
    bytes: anyBytes,
    percent: fc.nat(200),
  }),
);

test("a limit that is as strict as another is breached by whatever breaches the other", () => {
  fc.assert(
    fc.property(anyLimit, anyLimit, fc.nat(3e9), fc.nat(3e9), (limit, other, difference, base) => {
      fc.pre(maxGrowth.isAsStrictAs(limit, other) && breaches(other, { difference, base }));
      return breaches(limit, { difference, base });
    }),
    { numRuns: 4000 },
  );
});

test("a limit that is not as strict as another lets something pass that the other does not", () => {
  fc.assert(
    fc.property(anyLimit, anyLimit, (limit, other) => {
      fc.pre(!maxGrowth.isAsStrictAs(limit, other));
      // From nothing to bases that dwarf the limits, and where a limit changes from percent to bytes.
      const bends = [limit, other].flatMap((each) =>
        "bytes" in each && "percent" in each ? [Math.floor((each.bytes / each.percent) * 100)] : [],
      );
      const bases = [
        0,
        ...bends.filter(Number.isFinite),
        ...[...Array(60).keys()].map((power) => Math.floor(1.6 ** power)),
      ];
      return bases.some((base) => breaches(other, { difference: highestPassing(limit, base), base }));
    }),
    { numRuns: 2000 },
  );
});

/** Returns the largest whole growth that a limit lets pass. */
function highestPassing(limit: Limit, base: number): number {
  let [low, high] = [0, 1e14];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (breaches(limit, { difference: middle, base })) high = middle;
    else low = middle;
  }
  return low;
}
