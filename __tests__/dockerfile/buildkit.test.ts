/**
 * The oracle is BuildKit's own frontend (__tests__/oracles/buildkit). A fixture has its answers, so that
 * these tests need neither Go nor a network:
 *
 *     npx vitest run __tests__/dockerfile/buildkit.test.ts
 *     BUILDKIT_ORACLE=write   … asks BuildKit again and rewrites the fixture
 *     BUILDKIT_ORACLE=5000    … asks BuildKit about that many new Dockerfiles and words
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { askBuildKit, type OracleAnswer, type OracleRequest } from "../helpers/buildkit-oracle.ts";
import { builtCorpus, corpus } from "../helpers/dockerfile-corpus.ts";
import { oursOf, theirsOf } from "../helpers/dockerfile-views.ts";
import { generateRequests } from "../helpers/generate-dockerfile.ts";

interface Case {
  readonly name: string;
  readonly request: OracleRequest;
  readonly answer: OracleAnswer;
}

const fixture = join(import.meta.dirname, "../fixtures/dockerfile/buildkit.jsonl");
const mode = process.env.BUILDKIT_ORACLE ?? "";
const minutes = 60_000;

if (mode === "write") writeFixture();
const cases = readFixture();

test("the fixture has the whole corpus and hundreds of generated requests", () => {
  const names = cases.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys({ ...corpus, ...builtCorpus })));
  expect(names.filter((name) => name.startsWith("generated")).length).toBeGreaterThanOrEqual(400);
});

test.each(cases.filter(({ name }) => !name.startsWith("generated")))(
  "BuildKit agrees on $name",
  expectAgreement,
);

test.each(cases.filter(({ name }) => name.startsWith("built: ")))(
  "we refuse what BuildKit refuses - $name",
  ({ request, answer }) => {
    const { parsed, resolved } = oursOf(request, answer);
    expect(parsed === null || resolved === null).toBe(answer.error !== undefined);
  },
);

test("BuildKit agrees on generated Dockerfiles and words", () => {
  for (const generated of cases.filter(({ name }) => name.startsWith("generated")))
    expectAgreement(generated);
});

test.skipIf(!/^[0-9]+$/.test(mode))(
  "BuildKit agrees on new Dockerfiles and words",
  { timeout: 10 * minutes },
  () => {
    const seed = Date.now() % 2 ** 31;
    const requests = generateRequests(seed, Number(mode));
    for (const [index, answer] of askBuildKit(requests).entries()) {
      expectAgreement({ name: `seed ${seed}, request ${index}`, request: requests[index] ?? {}, answer });
    }
  },
);

function expectAgreement({ name, request, answer }: Case): void {
  const ours = oursOf(request, answer);
  const context = `${name}: ${JSON.stringify(request)}\nBuildKit: ${answer.error ?? "accepts it"}`;
  expect(ours, context).toEqual(theirsOf(request, answer, ours));
}

function writeFixture(): void {
  const named = Object.entries({ ...corpus, ...builtCorpus }).map(([name, request]) => ({ name, request }));
  const generated = generateRequests(1, 400).map((request, index) => ({
    name: `generated ${index}`,
    request,
  }));
  const all = [...named, ...generated];
  const answers = askBuildKit(all.map(({ request }) => request));
  writeFileSync(
    fixture,
    all.map((entry, index) => `${JSON.stringify({ ...entry, answer: answers[index] })}\n`).join(""),
  );
}

function readFixture(): readonly Case[] {
  const lines = readFileSync(fixture, "utf8").trimEnd().split("\n");
  return lines.map((line): Case => JSON.parse(line));
}
