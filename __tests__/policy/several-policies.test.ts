import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exception } from "../../src/policy/exception.ts";
import { type Subject, severity, type Verdict } from "../../src/policy/finding.ts";
import { judge } from "../../src/policy/judge.ts";
import { policyKeys } from "../../src/policy/keys.ts";
import { type Policy, policyOf } from "../../src/policy/policy.ts";
import type { RuleId } from "../../src/policy/rules/rules.ts";
import { auditedImage, inspection, layer, shell } from "../helpers/inspection.ts";

const shells = (...paths: string[]) => paths.map((path) => shell(path));

function subject(size: number, paths: string[], baseSize: number, basePaths: string[]): Subject {
  const [head, base] = [
    { size, paths },
    { size: baseSize, paths: basePaths },
  ].map((side) =>
    inspection({
      layers: [layer("COPY a a", side.size)],
      shells: shells(...side.paths),
      distroless: { verdict: side.paths.length > 0 ? "no" : "yes", evidence: [] },
    }),
  );
  if (head === undefined || base === undefined) throw new Error("two sides");
  return {
    ...auditedImage({ head, base }),
    pathSizes: ["/a", "/b"].map((pattern) => ({ pattern, bytes: size })),
  };
}

function policy(texts: Record<string, string>, exceptions: readonly Exception[] = []): Policy {
  return policyOf(new Map(Object.entries(texts)), { kind: "inputs" }, exceptions);
}

const exception = (parts: Partial<Exception>): Exception => ({
  rule: "distroless",
  image: null,
  paths: ["/bin/busybox"],
  reason: "Debug shell",
  expires: "2027-03-31",
  ...parts,
});

describe("several policies", () => {
  const large = subject(200, ["/bin/sh"], 100, []);

  test.for<[Record<string, string>, Record<string, string>, Verdict]>([
    [{ "max-size": "300" }, { "max-size": "100" }, "fail"],
    [{ "max-size": "100" }, { "max-size": "300" }, "fail"],
    [{ "max-size": "300" }, { "max-size": "200" }, "pass"],
    [{ distroless: "off" }, { distroless: "fail" }, "fail"],
    [{ distroless: "warn" }, { distroless: "off" }, "warn"],
    [{ distroless: "fail" }, { distroless: "warn", "warn-only": "true" }, "fail"],
    [{ "max-increase": "5% and 50" }, { "max-increase": "1000" }, "fail"],
  ])("%o and %o: %s", ([one, other, verdict]) => {
    expect(judge(large, [policy(one), policy(other)]).verdict).toBe(verdict);
  });

  test("show the stricter of two limits that both hold", () => {
    const { findings } = judge(large, [policy({ "max-size": "900" }), policy({ "max-size": "300" })]);
    expect(findings).toMatchObject([{ rule: "max-size", verdict: "pass", limit: 300 }]);
  });
});

describe("max-size: ratchet", () => {
  const ratchet = [policy({ "max-size": "ratchet" })];

  test.for<[number, number, Verdict]>([
    [1_100_000, 1_000_000, "fail"],
    [1_005_000, 1_000_000, "pass"],
    [1_005_001, 1_000_000, "fail"],
    [500_000, 1_000_000, "pass"],
  ])("%i bytes after %i: %s", ([size, before, verdict]) => {
    const { findings } = judge(subject(size, [], before, []), ratchet);
    expect(findings).toMatchObject([{ rule: "max-size", verdict, limit: before + 5000 }]);
  });

  test("only measures a new image, and is inconclusive without another base", () => {
    const large = { ...subject(200, [], 100, []), base: null, comparison: null };
    const missing = (reason: "new" | "unavailable") => ({ ...large, baseMissing: { reason, message: "" } });
    expect(judge(missing("new"), ratchet).findings).toEqual([]);
    expect(judge(missing("unavailable"), ratchet).findings).toMatchObject([
      { verdict: "inconclusive", reason: "no-base", limit: null },
    ]);
  });

  test("lets min-change of its own policy pass", () => {
    const policies = [policy({ "max-size": "ratchet", "min-change": "1MB" })];
    expect(judge(subject(1_100_000, [], 1_000_000, []), policies).verdict).toBe("pass");
  });
});

test("off turns a limit off that holds for other images", () => {
  expect(judge(subject(200, [], 100, []), [policy({ "max-size": "off" })]).findings).toEqual([]);
});

describe("an exception", () => {
  const strict = (...exceptions: Exception[]) => [policy({ distroless: "fail" }, exceptions)];
  const debug = subject(100, ["/bin/busybox", "/bin/dash"], 100, []);

  test("accepts its paths, and the rest still fails", () => {
    const { findings } = judge(debug, strict(exception({})));
    expect(findings).toMatchObject([{ verdict: "fail", paths: ["/bin/dash"] }]);
  });

  test("lets the rule pass when nothing else is left, and says until when", () => {
    const accepted = exception({ paths: ["/bin/*"] });
    const { findings, used } = judge(debug, strict(accepted));
    expect(findings).toMatchObject([{ verdict: "pass", softenedFrom: "fail", acceptedUntil: "2027-03-31" }]);
    expect([...used]).toEqual([accepted]);
  });

  test("that matches nothing is not used", () => {
    const { used } = judge(debug, strict(exception({ paths: ["/bin/zsh", "/bin/bus"] })));
    expect(used.size).toBe(0);
  });

  test("without paths accepts a failure, and nothing that was not computed", () => {
    const whole = exception({ rule: "max-increase", paths: null });
    const growth = [policy({ "max-increase": "1" }, [whole])];
    const grown = subject(200, [], 100, []);
    expect(judge(grown, growth).verdict).toBe("pass");
    const baseMissing = { reason: "unavailable", message: "" } as const;
    expect(judge({ ...grown, base: null, comparison: null, baseMissing }, growth).verdict).toBe(
      "inconclusive",
    );
  });

  test("of one policy does not soften another", () => {
    const policies = [policy({ distroless: "fail" }), ...strict(exception({ paths: null }))];
    expect(judge(debug, policies).verdict).toBe("fail");
  });
});

describe("a tightened policy", () => {
  const texts: Record<string, readonly string[]> = {
    "max-size": ["0", "50", "100", "150", "1kB", "ratchet", "off"],
    "warn-size": ["50", "150"],
    "max-increase": ["0", "10", "5%", "50% and 60", "5% or 80", "10 or 300%"],
    "warn-increase": ["0", "5% and 10"],
    "max-layers": ["0", "1", "7"],
    "max-unpacked-size": ["50", "100"],
    "max-layer-size": ["50", "100"],
    paths: ["/a: 50", "/a: 100\n/b: 50", "/b: 0"],
    "max-waste": ["0", "5%"],
    distroless: ["fail", "ratchet", "warn", "off"],
    starts: ["fail", "ratchet", "warn", "off"],
    "warn-only": ["true", "false"],
    "missing-base": ["warn", "fail"],
  };
  const anyTexts: fc.Arbitrary<Record<string, string>> = fc
    .tuple(
      ...Object.entries(texts).map(([key, values]) =>
        fc.tuple(fc.constant(key), fc.option(fc.constantFrom(...values))),
      ),
    )
    .map((pairs) => Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== null)));
  const anySubject = fc
    .tuple(fc.nat(200), fc.subarray(["/bin/sh", "/bin/busybox"]), fc.nat(200), fc.subarray(["/bin/sh"]))
    .map(([size, paths, baseSize, basePaths]) => subject(size, paths, baseSize, basePaths));

  test("never passes what the looser one failed", () => {
    fc.assert(
      fc.property(anySubject, anyTexts, anyTexts, (image, loose, more) => {
        const before = judge(image, [policy(loose)]);
        const after = judge(image, [policy(loose), policy(more)]);
        for (const { rule, verdict } of before.findings) {
          const now = after.findings.find((finding) => finding.rule === rule);
          expect(rank(now?.verdict)).toBeLessThanOrEqual(rank(verdict));
        }
      }),
    );
  });

  test("fails with a stricter setting whatever it failed with the looser one", () => {
    fc.assert(
      fc.property(anySubject, anyTexts, anyTexts, (image, loose, strict) => {
        for (const rule of Object.keys(loose) as RuleId[]) {
          const [one, other] = [policy(loose), policy(strict)];
          const type = policyKeys.get(rule);
          if (!(rule in one.rules) || other.rules[rule] === null || type === undefined) continue;
          if (!type.isAsStrictAs(other.rules[rule], one.rules[rule])) continue;
          const [before, after] = [one, other].map(({ rules }) => {
            const only = { ...policy({}).rules, [rule]: rules[rule] };
            return judge(image, [{ ...policy({}), rules: only }]).verdict;
          });
          if (before === "fail") expect(after).toBe("fail");
        }
      }),
    );
  });
});

function rank(verdict: Verdict | undefined): number {
  return severity.indexOf(verdict ?? "pass");
}
