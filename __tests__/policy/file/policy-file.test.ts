import { describe, expect, test } from "vitest";
import { checkPolicyFile, parsePolicyFile } from "../../../src/policy/file/policy-file.ts";

const example = `version: 1
policy:                       # every image
  max-increase: 5% and 10MB
  distroless: ratchet
  starts: ratchet
images:
  api:
    context: services/api
    target: prod
    policy: { max-size: 120MB, distroless: fail, user: non-root, paths: { /opt/models: 2GB } }
  dev: { target: dev, policy: { distroless: off } }
exceptions:
  - rule: distroless
    image: api
    paths: [/usr/bin/busybox]
    reason: Debug shell until the log agent has moved out
    expires: 2027-03-31
`;

test("reads settings with their lines, images and exceptions", () => {
  const file = parsePolicyFile(example, "policy.yml");
  expect([...file.policy]).toEqual([
    ["max-increase", { text: "5% and 10MB", line: 3 }],
    ["distroless", { text: "ratchet", line: 4 }],
    ["starts", { text: "ratchet", line: 5 }],
  ]);
  expect(file.images.get("api")).toMatchObject({ context: "services/api", target: "prod", file: null });
  expect(Object.fromEntries(file.images.get("api")?.policy ?? [])).toMatchObject({
    user: { text: "non-root" },
    paths: { text: "/opt/models: 2GB" },
  });
  expect(file.images.get("dev")?.policy.get("distroless")).toEqual({ text: "off", line: 11 });
  expect(file.exceptions).toEqual([
    {
      rule: "distroless",
      image: "api",
      paths: ["/usr/bin/busybox"],
      reason: "Debug shell until the log agent has moved out",
      expires: "2027-03-31",
    },
  ]);
});

test("reads lists and maps as the lines that an input has", () => {
  const text = `version: 1
policy:
  allowed-base-images: [gcr.io/distroless/*, scratch]
  paths:
    /opt/models: 2GB
    /usr/**/*.pyc: 1MB
`;
  expect(Object.fromEntries(parsePolicyFile(text, "policy.yml").policy)).toEqual({
    "allowed-base-images": { text: "gcr.io/distroless/*\nscratch", line: 3 },
    paths: { text: "/opt/models: 2GB\n/usr/**/*.pyc: 1MB", line: 4 },
  });
});

test("reads a file that extends another", () => {
  const commit = "0123456789abcdef0123456789abcdef01234567";
  const file = parsePolicyFile(
    `version: 1\nextends: acme/policies/image-audit.yml@${commit}\n`,
    "policy.yml",
  );
  expect(file.extends).toEqual({ owner: "acme", repo: "policies", path: "image-audit.yml", commit });
});

/** The sentences that an author of a policy sees, each with its place. */
describe("a mistake", () => {
  const exception = "exceptions:\n  - rule: distroless\n    reason: r\n    expires: 2027-03-31\n";
  const cases: readonly [string, string][] = [
    ["policy:\n  max-sise: 1MB\n", '2:3: There is no key "max-sise" here. Did you mean "max-size"?'],
    [
      "policy:\n  max-size: 300 megabytes\n",
      '2:13: max-size is "300 megabytes", which is not a size: write bytes, or a number with one of B, kB, MB, GB, TB, KiB, MiB, GiB, TiB, such as 300MB or 1.5GiB.',
    ],
    [
      "policy:\n  distroless: yes\n",
      '2:15: distroless is "yes": did you mean "off"? It takes fail, ratchet, warn, off.',
    ],
    ["polices:\n  max-size: 1MB\n", '1:1: There is no key "polices" here. Did you mean "policy"?'],
    ["policy:\n  max-size: 1MB\n  max-size: 9GB\n", "3:3: This key is given twice. Remove one of the two."],
    [
      "policy: &p\n  max-size: 1MB\n",
      "2:3: Anchors and aliases are not read. Write the value where it holds.",
    ],
    ["policy:\n  <<: { max-size: 1MB }\n", "2:3: Merge keys are not read. Write each key where it holds."],
    [
      "policy:\n  max-size: *big\n",
      "2:13: Anchors and aliases are not read. Write the value where it holds.",
    ],
    ["policy:\n  max-size: [1MB, 2MB]\n", "2:13: max-size needs one value."],
    ["policy:\n  max-size: !!str 1MB\n", "2:19: Tags are not read. Write the value without it."],
    ["policy:\n\tmax-size: 1MB\n", "2:1: A tab indents this line. Use spaces."],
    ["policy: fail\n", "1:9: policy needs a map: lines of a name, a colon and a value, each indented."],
    ["images:\n  api:\n    dockerfile: a\n", '3:5: There is no key "dockerfile" here. Did you mean "file"?'],
    [
      exception.replace("2027-03-31", "31.3.2027"),
      '4:14: expires is "31.3.2027", which is not a day: write it as 2027-03-31.',
    ],
    [
      exception.replace("2027-03-31", "2027-02-30"),
      '4:14: expires is "2027-02-30", which is not a day: write it as 2027-03-31.',
    ],
    [
      exception.replace("    expires: 2027-03-31\n", ""),
      "2:5: This exception needs the last day on which it counts, such as expires: 2027-03-31.",
    ],
    [
      exception.replace("    reason: r\n", ""),
      "2:5: This exception needs a reason, for those who read it later.",
    ],
    [
      exception.replace("distroless", "distrolss"),
      '2:11: rule is "distrolss": did you mean "distroless"? It takes ',
    ],
    [
      `${exception}    paths: [bin/sh]\n`,
      '5:13: paths has the path "bin/sh": write an absolute path of the image, such as /opt/models or /usr/**/*.pyc.',
    ],
    [
      `${exception.replace("distroless", "max-size")}    paths: [/bin/sh]\n`,
      "5:12: max-size is not about single paths. Leave paths out to accept what it finds.",
    ],
    [
      `images:\n  api: { target: a }\n${exception}    image: apy\n`,
      '7:12: image is "apy": did you mean "api"? It takes api.',
    ],
    [
      "extends: acme/policies/image-audit.yml@main\n",
      '1:10: extends ends in "@main": write the full SHA of a commit in place of "main".',
    ],
    [
      "extends: acme/../image-audit.yml@0123\n",
      '1:10: extends is "acme/../image-audit.yml@0123", which names no file',
    ],
  ];
  test.for(cases)("in %j is told with its place", ([text, told]) => {
    const { mistakes } = checkPolicyFile(`${text}version: 1\n`);
    expect(mistakes.map(({ line, column, message }) => `${line}:${column}: ${message}`)[0]).toContain(told);
  });

  test.for<[string, string]>([
    ["", "1:1: The file is to be a map"],
    ["policy:\n  max-size: 1MB\n", "1:1: The file needs version: 1 as its first key."],
    ["version: 2\n", '1:10: version is "2". This release reads version 1.'],
    ["version: 1\n---\nversion: 1\n", "2:1: The file has a second document. Remove the line ---."],
    [`${"[".repeat(50_000)}`, "1:22: This is nested too deeply to be read."],
    [`version: 1 # ${"x".repeat(100_000)}`, "1:1: The file has more than 100000 characters"],
    ["version: 1\npolicy: {max-size: 1MB\n", "3:1: Flow map"],
    ["\u0000\u0001", ""],
  ])("as bad as this is told as well", ([text, told]) => {
    const [first] = checkPolicyFile(text).mistakes;
    expect(first).toBeDefined();
    expect(`${first?.line}:${first?.column}: ${first?.message}`).toContain(told);
  });

  test("does not hide the others, and all are one failure", () => {
    expect(() => parsePolicyFile("version: 1\npolicy:\n  a: 1\n  max-size: x\n", "p.yml")).toThrow(
      /^The policy file p\.yml has 2 mistakes:\n {2}p\.yml:3:3: There is no key "a".*\n {2}p\.yml:4:13: max-size is "x"/,
    );
  });
});
