import { expect, test } from "vitest";
import { policy } from "../helpers/inspection.ts";

test("without inputs the ratchets hold by default", () => {
  const [inputs, defaults, ...others] = policy({});
  expect(others).toEqual([]);
  expect(Object.values(inputs?.rules ?? {}).filter((setting) => setting !== null)).toEqual([]);
  expect(defaults).toMatchObject({
    source: { kind: "default" },
    rules: { distroless: "ratchet", starts: "ratchet", "max-size": null },
    missingBase: "fail",
    warnOnly: false,
  });
});

test("an input turns a default off", () => {
  const [inputs, defaults] = policy({ distroless: "off" });
  expect(inputs?.texts.get("distroless")).toBe("off");
  expect(defaults?.rules).toMatchObject({ distroless: null, starts: "ratchet" });
});

test("warn-only of the inputs holds for the defaults as well", () => {
  expect(policy({ "warn-only": "true" }).map(({ warnOnly }) => warnOnly)).toEqual([true, true]);
});

test("inputs become rules, and other inputs are ignored", () => {
  const [read] = policy({
    "max-size": "100MB",
    "max-increase": "5% and 10MB",
    "max-layers": " 20 ",
    distroless: "fail",
    "warn-only": "True",
    context: "5%",
  });
  expect(read).toMatchObject({
    rules: { "max-size": 100_000_000, "max-layers": 20, distroless: "fail" },
    warnOnly: true,
  });
  expect(read?.rules["max-increase"]).toEqual({ kind: "and", percent: 5, bytes: 10_000_000 });
});

test.for<[Record<string, string>, RegExp]>([
  [{ distroless: "fial" }, /^distroless is "fial": did you mean "fail"\?/],
  [{ "missing-base": "warning" }, /^missing-base .* did you mean "warn"\?/],
  [{ "warn-only": "yes" }, /^warn-only is "yes"/],
  [{ "max-layers": "2.5" }, /^max-layers is "2.5", .*whole number/],
  [{ "max-size": "5%" }, /^max-size is "5%"/],
])("refuses %o and names the input", ([inputs, message]) => {
  expect(() => policy(inputs)).toThrow(message);
});
