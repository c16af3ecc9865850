import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import type { AuditEnvironment } from "../../src/audit/environment.ts";
import { Failure } from "../../src/failure.ts";
import type { BaseQuestion } from "../../src/git/commit.ts";
import { parseInputs } from "../../src/inputs/inputs.ts";
import type { OptionName } from "../../src/inputs/options.ts";
import type { Audit } from "../../src/policy/audit-record.ts";
import { type FileReference, writtenReference } from "../../src/policy/file/file-reference.ts";
import { policyRemarks } from "../../src/report/model/policy.ts";
import { inText } from "../../src/report/text/sentence.ts";
import { imageArchive, testImage } from "../helpers/layout.ts";
import { makeRepository, testEnvironment } from "../helpers/repository.ts";
import { file } from "../helpers/tar.ts";

// Real repositories, and real images on disk: the policy needs no engine.

const images = mkdtempSync(join(realpathSync(tmpdir()), "image-audit-policy-"));
afterAll(() => rmSync(images, { recursive: true }));
/** 1000 bytes on main; 3000 bytes with a shell in the pull request */
const small = saved("small", [file("app", "a".repeat(1000))]);
const large = saved("large", [
  file("app", "a".repeat(2900)),
  file("bin/sh", "b".repeat(100), { mode: 0o755 }),
]);

function saved(name: string, layer: Parameters<typeof testImage>[0]["layers"][number]): string {
  const path = join(images, `${name}.tar`);
  writeFileSync(
    path,
    imageArchive("oci", [testImage({ layers: [layer], config: { config: { Cmd: ["/app"] } } })]),
  );
  return path;
}

const policyPath = ".github/image-audit.yml";
const strict = `version: 1
policy:
  starts: off
  max-size: 2kB
  distroless: fail
images:
  api: { target: prod }
`;
const dockerfile = "FROM scratch AS dev\nCOPY a /\nFROM scratch AS prod\nCOPY a /\n";

interface Move {
  readonly base?: Readonly<Record<string, string | null>>;
  readonly head: Readonly<Record<string, string | null>>;
  readonly inputs?: Partial<Record<OptionName, string>>;
  /** done in the head's tree before its commit */
  readonly edit?: (directory: string) => void;
  readonly images?: readonly [base: string, head: string];
  readonly kind?: "pull-request" | "push";
  readonly files?: Readonly<Record<string, string>>;
  readonly today?: string;
}

/** Audits a pull request, checked out as its test merge. */
async function auditing({ base = {}, head, inputs = {}, edit, ...more }: Move): Promise<Audit> {
  using repository = makeRepository();
  const files = Object.entries({ Dockerfile: dockerfile, [policyPath]: strict, ...base });
  const before = repository.commit(Object.fromEntries(files.filter(([, text]) => text !== null)));
  repository.branch("change");
  edit?.(repository.directory);
  const headSha = repository.commit({ app: "1", ...head });
  repository.switch("main");
  repository.merge("change");
  const [compared, audited] = more.images ?? [small, large];
  const texts = { image: `oci-archive:${audited}`, "compare-with": `oci-archive:${compared}`, ...inputs };
  const question: BaseQuestion =
    more.kind === "push"
      ? { kind: "push", branch: "main", before, defaultBranch: "main" }
      : { kind: "pull-request", headSha, baseSha: before, baseRef: "main" };
  const environment: AuditEnvironment = {
    directory: repository.directory,
    env: {
      ...testEnvironment(repository.directory),
      GITHUB_SHA: repository.tip(),
      GITHUB_WORKFLOW_REF: "octo/app/.github/workflows/ci.yml@refs/pull/1/merge",
    },
    progress: { step() {}, detail() {}, end() {} },
    today: more.today ?? "2026-11-26",
    fetchFile: async (reference: FileReference) => {
      const text = more.files?.[writtenReference(reference)];
      if (text === undefined) throw new Failure("policy-unavailable", "no such file");
      return text;
    },
  };
  return await audit(
    parseInputs(new Map(Object.entries(texts) as [OptionName, string][])),
    question,
    environment,
  );
}

function remarksOf({ policy }: Audit): readonly string[] {
  return policyRemarks(policy).map((sentence) => inText(sentence));
}

/** Returns the verdict, or the code of the failure that makes it inconclusive. */
async function outcomeOf(move: Move): Promise<string> {
  try {
    return (await auditing(move)).verdict;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

describe("a pull request cannot weaken the policy of its base", () => {
  const extended = `octo/policies/image-audit.yml@${"0123456789".repeat(4)}`;
  const organisation = { [extended]: "version: 1\npolicy: { max-size: 2kB, distroless: fail }\n" };
  const extending = `version: 1\nextends: ${extended}\npolicy: { starts: off }\nimages: { api: { target: prod } }\n`;
  const sized = (size: string) => strict.replace("2kB", size);
  const exceptions =
    "exceptions:\n  - { rule: distroless, reason: r, expires: 2999-01-01 }\n  - { rule: max-size, reason: r, expires: 2999-01-01 }\n";
  const toolarge = { images: [small, saved("plain", [file("app", "a".repeat(2900))])] as const };

  const moves: readonly [string, string, Move][] = [
    ["changes nothing", "fail", { head: {} }],
    ["raises a limit", "fail", { head: { [policyPath]: sized("9GB") }, ...toolarge }],
    [
      "removes a limit",
      "fail",
      { head: { [policyPath]: strict.replace("  max-size: 2kB\n", "") }, ...toolarge },
    ],
    ["turns a rule off", "fail", { head: { [policyPath]: strict.replace("fail", "off") } }],
    ["turns a rule to a warning", "fail", { head: { [policyPath]: strict.replace("fail", "warn") } }],
    ["removes the file", "fail", { head: { [policyPath]: null } }],
    ["empties the file", "fail", { head: { [policyPath]: "version: 1\n" } }],
    [
      "renames the file",
      "policy-invalid",
      { head: { [policyPath]: null, ".github/image-audit.yaml": "version: 1\n" } },
    ],
    [
      "adds a policy under another name",
      "fail",
      { head: { ".github/image-audit.yaml": sized("9GB") }, ...toolarge },
    ],
    [
      "makes the file a link",
      "file-refused",
      {
        head: { "loose.yml": sized("9GB") },
        edit: (directory) => {
          rmSync(join(directory, policyPath));
          symlinkSync("../loose.yml", join(directory, policyPath));
        },
      },
    ],
    [
      "makes the directory a link",
      "file-refused",
      {
        head: { "loose/image-audit.yml": sized("9GB") },
        edit: (directory) => {
          rmSync(join(directory, ".github"), { recursive: true });
          symlinkSync("loose", join(directory, ".github"));
        },
      },
    ],
    ["uses an anchor", "policy-invalid", { head: { [policyPath]: `${strict}x: &a 9GB\n` } }],
    [
      "uses a merge key",
      "policy-invalid",
      { head: { [policyPath]: strict.replace("  max-size: 2kB", "  <<: { max-size: 9GB }") } },
    ],
    [
      "gives a key twice",
      "policy-invalid",
      { head: { [policyPath]: strict.replace("  max-size: 2kB", "  max-size: 2kB\n  max-size: 9GB") } },
    ],
    [
      "nests aliases",
      "policy-invalid",
      {
        head: {
          [policyPath]: `${strict}a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n`,
        },
      },
    ],
    ["adds exceptions", "fail", { head: { [policyPath]: strict + exceptions } }],
    [
      "turns every failure into a warning",
      "fail",
      { head: { [policyPath]: strict.replace("policy:", "policy:\n  warn-only: true") } },
    ],
    ["turns failures into warnings by an input", "fail", { head: {}, inputs: { "warn-only": "true" } }],
    ["raises a limit by an input", "fail", { head: {}, inputs: { "max-size": "9GB" }, ...toolarge }],
    ["turns a rule off by an input", "fail", { head: {}, inputs: { distroless: "off" } }],
    ["audits another stage by an input", "input-invalid", { head: {}, inputs: { target: "dev" } }],
    [
      "audits another Dockerfile by an input",
      "fail",
      { head: { other: "FROM scratch\n" }, inputs: { file: "other" } },
    ],
    ["audits an image of another name", "input-invalid", { head: {}, inputs: { name: "web" } }],
    [
      "adds a lax image and audits that",
      "input-invalid",
      {
        head: { [policyPath]: `${strict}  lax: { policy: { distroless: off, max-size: 9GB } }\n` },
        inputs: { name: "lax" },
      },
    ],
    [
      "gives the image a policy of its own",
      "fail",
      {
        head: {
          [policyPath]: strict.replace(
            "{ target: prod }",
            "{ target: prod, policy: { distroless: off, max-size: 9GB } }",
          ),
        },
      },
    ],
    [
      "no longer extends the organisation's file",
      "fail",
      {
        base: { [policyPath]: extending },
        head: { [policyPath]: "version: 1\npolicy: { starts: off, distroless: off }\n" },
        files: organisation,
      },
    ],
    [
      "loosens the organisation's file in its own",
      "fail",
      {
        base: {
          [policyPath]: extending.replace("starts: off", "starts: off, distroless: off, max-size: 9GB"),
        },
        head: {},
        files: organisation,
      },
    ],
    [
      "excepts itself from the organisation's file",
      "fail",
      { base: { [policyPath]: extending + exceptions }, head: {}, files: organisation },
    ],
    ["extends a branch", "policy-invalid", { head: { [policyPath]: extending.replace(/@[0-9]+/, "@main") } }],
    ["makes the file unreadable", "policy-invalid", { head: { [policyPath]: "\u0000" } }],
    [
      "makes the file huge",
      "policy-invalid",
      { head: { [policyPath]: `${strict}# ${"x".repeat(200_000)}\n` } },
    ],
  ];

  test.for(moves)("if it %s", async ([, outcome, move]) => {
    expect(await outcomeOf(move)).toBe(outcome);
  });
});

describe("a pull request can tighten the policy of its base", () => {
  const lax = strict.replace("fail", "off").replace("2kB", "9kB");

  test("and what is stricter counts at once", async () => {
    expect(await outcomeOf({ base: { [policyPath]: lax }, head: {} })).toBe("pass");
    expect(await outcomeOf({ base: { [policyPath]: lax }, head: { [policyPath]: strict } })).toBe("fail");
    expect(await outcomeOf({ base: { [policyPath]: lax }, head: {}, inputs: { "max-size": "1kB" } })).toBe(
      "fail",
    );
  });

  test("also where the base has no policy file", async () => {
    const base = { [policyPath]: null };
    const inputs = { starts: "off", distroless: "off" } as const;
    expect(await outcomeOf({ base, head: {}, inputs })).toBe("pass");
    expect(await outcomeOf({ base, head: { [policyPath]: strict }, inputs })).toBe("fail");
  });

  test("and a push is judged by what it brings", async () => {
    const loosened = { head: { [policyPath]: lax }, kind: "push" } as const;
    expect(await outcomeOf(loosened)).toBe("pass");
    expect(await outcomeOf({ ...loosened, kind: "pull-request" })).toBe("fail");
  });
});

test("the report says what the change wants otherwise, and what it edits", async () => {
  const result = await auditing({
    head: {
      [policyPath]: strict
        .replace("2kB", "9GB")
        .replace("target: prod", "target: dev")
        .replace("starts: off", "starts: fail"),
      ".github/workflows/ci.yml": "on: pull_request\n",
      ".dockerignore": "*\n",
      CODEOWNERS: "* @octo\n",
      "Dockerfile.rego": "package docker\n",
    },
  });
  expect(remarksOf(result)).toEqual([
    "This change loosens the policy: max-size: 9GB in place of max-size: 2kB. That takes effect after the merge.",
    "This change tightens the policy: starts: fail in place of starts: off. It counts already.",
    "This change wants another image to be audited: target: dev in place of target: prod. That takes effect after the merge.",
    "This change edits .github/image-audit.yml, which holds the policy.",
    "This change edits .github/workflows/ci.yml, the workflow that runs this audit.",
    "This change edits .dockerignore, which decides what the build can see.",
    "This change edits CODEOWNERS, which decides who has to review.",
    "This change edits Dockerfile.rego, a policy that buildx evaluates by itself, though not in this audit.",
  ]);
  expect(result.images[0]?.name).toBe("api");
});

test("an exception counts until its last day, and is said before and after", async () => {
  const excepted = `${strict}exceptions:
  - { rule: distroless, image: api, paths: [/bin/sh], reason: Debug shell, expires: 2027-03-31 }
  - { rule: max-size, reason: Until the fonts are split, expires: 2027-03-31 }
  - { rule: distroless, paths: [/bin/zsh], reason: Old, expires: 2028-01-01 }
`;
  const move = { base: { [policyPath]: excepted }, head: {} };
  const [early, late, over] = await Promise.all(
    ["2027-01-01", "2027-03-31", "2027-04-01"].map((today) => auditing({ ...move, today })),
  );
  if (early === undefined || late === undefined || over === undefined) throw new Error("three audits");
  expect(early.verdict).toBe("pass");
  expect(remarksOf(early)).toEqual([
    "Accepted: distroless for /bin/sh (until 2027-03-31). Debug shell",
    "Accepted: max-size (until 2027-03-31). Until the fonts are split",
    "This exception matches nothing and can be removed: distroless for /bin/zsh (until 2028-01-01). Old",
  ]);
  expect(late.verdict).toBe("pass");
  expect(remarksOf(late)[0]).toMatch(/^Accepted, but not for long: distroless for \/bin\/sh/);
  expect(over.verdict).toBe("fail");
  expect(remarksOf(over)[0]).toBe(
    "This exception has expired and no longer counts: distroless for /bin/sh (its last day was 2027-03-31). Debug shell",
  );
});

test("several images and no name are an error that lists them", async () => {
  const several = `${strict}  dev: { target: dev }\n`;
  await expect(auditing({ base: { [policyPath]: several }, head: {} })).rejects.toThrow(
    "The policy file has several images: set name to one of api, dev.",
  );
});
