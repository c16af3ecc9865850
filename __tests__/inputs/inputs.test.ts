import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { inputTextsOf, parseInputs } from "../../src/inputs/inputs.ts";
import type { OptionName } from "../../src/inputs/options.ts";

const parse = (texts: Partial<Record<OptionName, string>>) =>
  parseInputs(new Map(Object.entries(texts) as [OptionName, string][]));

const failureOf = (act: () => unknown): Failure => {
  try {
    act();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

test("the defaults are ./Dockerfile, the ratchet, and a comment on change", () => {
  const inputs = parse({});
  expect(inputs).toMatchObject({
    name: null,
    image: null,
    compareWith: null,
    baseFile: null,
    basePrepare: null,
    report: {
      comment: "on-change",
      minChange: { kind: "or", bytes: 100_000, percent: 0.5 },
      commentKey: null,
      token: null,
    },
  });
  expect(inputs.build).toMatchObject({ context: ".", file: null, target: null, pull: false, noCache: false });
  expect(inputs.policy).toMatchObject({
    rules: { "max-size": null, "max-increase": null, distroless: null },
    missingBase: "fail",
    warnOnly: false,
  });
});

describe("an input of the runner", () => {
  test("is read by name, trimmed, and has its default if empty", () => {
    const texts = inputTextsOf({ "INPUT_MAX-SIZE": " 10MB\n", INPUT_CONTEXT: "  ", PATH: "/bin" });
    expect([...texts]).toEqual([["max-size", "10MB"]]);
    expect(parseInputs(texts).build.context).toBe(".");
  });

  test("is refused if it is unknown, with the closest known input", () => {
    const failure = failureOf(() => inputTextsOf({ "INPUT_MAX-SISE": "10MB" }));
    expect(failure.code).toBe("input-unknown");
    expect(failure.message).toBe('There is no input "max-sise": did you mean "max-size"?');
  });

  test("is ignored if it is unknown and empty", () => {
    expect(inputTextsOf({ "INPUT_MAX-SISE": "" }).size).toBe(0);
  });
});

describe("lists", () => {
  test("have one item per line, without empty lines and surrounding spaces", () => {
    const { build } = parse({ labels: "\n one=1 \r\n\n\ttwo=2\n" });
    expect(build.labels).toEqual(["one=1", "two=2"]);
  });

  test.each(["build-args", "secrets", "labels", "cache-from"] as const)("of %s keep commas", (name) => {
    const { build } = parse({ [name]: "type=gha,scope=main" });
    const values = {
      "build-args": build.buildArgs,
      secrets: build.secrets,
      labels: build.labels,
      "cache-from": build.cacheFrom,
    }[name];
    const expected = ["build-args", "secrets"].includes(name)
      ? new Map([["type", "gha,scope=main"]])
      : ["type=gha,scope=main"];
    expect(values).toEqual(expected);
  });

  test.each(["add-hosts", "allow", "ssh"] as const)("of %s are also split at commas", (name) => {
    const { build } = parse({ [name]: "one, two\nthree" });
    const values = { "add-hosts": build.addHosts, allow: build.allow, ssh: build.ssh }[name];
    expect(values).toEqual(["one", "two", "three"]);
  });

  test("keep the quotes inside an item", () => {
    expect(parse({ labels: 'title=the "best" one' }).build.labels).toEqual(['title=the "best" one']);
  });

  test("may have items of several lines in quotes, with doubled inner quotes", () => {
    const { build } = parse({ secrets: '"key=first ""line""\nsecond, line"\nother=x' });
    expect([...build.secrets]).toEqual([
      ["key", 'first "line"\nsecond, line'],
      ["other", "x"],
    ]);
  });

  test("with an unclosed quote are refused without showing their text", () => {
    const failure = failureOf(() => parse({ secrets: '"key=top-secret\nother=x' }));
    expect(failure).toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("secrets has an unfinished quote"),
    });
    expect(failure.message).not.toContain("top-secret");
  });
});

describe("pairs", () => {
  test("are split at the first =, and a value may be empty", () => {
    const { build } = parse({ "build-args": "URL=http://x/?a=b\nEMPTY=" });
    expect([...build.buildArgs]).toEqual([
      ["URL", "http://x/?a=b"],
      ["EMPTY", ""],
    ]);
  });

  test("without = are refused, since docker would use our environment's value", () => {
    const failure = failureOf(() => parse({ "build-args": "GITHUB_TOKEN" }));
    expect(failure.code).toBe("input-invalid");
    expect(failure.message).toBe("build-args has an item without =: write NAME=value, one a line.");
  });

  test.each([
    ["build-args", "=x"],
    ["build-args", "two words=x"],
    ["secrets", "a,src=/etc/passwd=x"],
    ["secret-envs", "a/b=TOKEN"],
  ] as const)("of %s have valid names, not %j", (name, text) => {
    expect(failureOf(() => parse({ [name]: text })).code).toBe("input-invalid");
  });

  test("that are refused do not show the value, which may be a secret", () => {
    expect(failureOf(() => parse({ secrets: "my key=hunter2" })).message).not.toContain("hunter2");
    expect(failureOf(() => parse({ secrets: "hunter2" })).message).not.toContain("hunter2");
  });
});

test.each([
  ["true", true],
  ["True", true],
  ["TRUE", true],
  ["false", false],
  ["False", false],
])("%s is a boolean", (text, expected) => {
  expect(parse({ pull: text }).build.pull).toBe(expected);
  expect(parse({ "warn-only": text }).policy.warnOnly).toBe(expected);
});

test.each([
  ["pull", "yes"],
  ["no-cache", "1"],
  ["warn-only", "on"],
  ["comment", "on-chnage"],
  ["distroless", "true"],
  ["missing-base", "ignore"],
] as const)("%s refuses %s and names its values", (name, text) => {
  const failure = failureOf(() => parse({ [name]: text }));
  expect(failure.code).toBe("input-invalid");
  expect(failure.message).toMatch(
    new RegExp(`^${name} is "${text}".* did you mean ".+"\\? It takes .+, .+\\.$`),
  );
});

test.each([
  ["max-size", "10 potatoes"],
  ["max-increase", "5% and 5%"],
  ["max-layers", "-1"],
  ["min-change", "much"],
] as const)("the limit %s refuses %s and shows an example", (name, text) => {
  const failure = failureOf(() => parse({ [name]: text }));
  expect(failure.code).toBe("input-invalid");
  expect(failure.message).toContain(`${name} is "${text}"`);
});

test("accepts one platform, and refuses several with the alternative", () => {
  expect(parse({ platforms: "linux/arm64" }).build.platform).toBe("linux/arm64");
  const failure = failureOf(() => parse({ platforms: "linux/amd64,linux/arm64" }));
  expect(failure).toMatchObject({ code: "input-invalid", message: expect.stringContaining("use a matrix") });
});

test("images are references, so a directory is never taken for one", () => {
  const { image, compareWith } = parse({ image: "shop:new", "compare-with": "./layout" });
  expect(image).toEqual({ kind: "engine", name: "shop:new" });
  expect(compareWith).toEqual({ kind: "path", path: "./layout" });
});
