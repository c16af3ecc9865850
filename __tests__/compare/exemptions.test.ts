/**
 * Tests pairs of Dockerfiles with random differences. BuildKit's own frontend (__tests__/oracles/buildkit)
 * returns the steps that it would execute. They are put into provenances like a builder's, with invented
 * layers. A fixture has the answers:
 *
 *     npx vitest run __tests__/compare/exemptions.test.ts
 *     BUILDKIT_ORACLE=write   … asks BuildKit again and rewrites the fixture
 *     BUILDKIT_ORACLE=5000    … asks BuildKit about that many new pairs
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readBuildRecord } from "../../src/dockerfile/build-record/build-record.ts";
import { compare } from "../helpers/at-once.ts";
import { askBuildKit, type OracleAnswer, type StepView } from "../helpers/buildkit-oracle.ts";
import { generatePairs, type Pair } from "../helpers/generate-pairs.ts";
import { digestOf, filesystem, inspection, layer } from "../helpers/inspection.ts";

interface Case {
  readonly pair: Pair;
  readonly head: OracleAnswer;
  readonly base: OracleAnswer;
}

const fixture = join(import.meta.dirname, "../fixtures/dockerfile/exemptions.jsonl");
const mode = process.env.BUILDKIT_ORACLE ?? "";

if (mode === "write") {
  const cases = answered(generatePairs(1, 150));
  writeFileSync(fixture, cases.map((one) => `${JSON.stringify(one)}\n`).join(""));
}

test("growth is drift if and only if BuildKit would do the same on both sides and reads nothing else", () => {
  const cases = readFileSync(fixture, "utf8")
    .trimEnd()
    .split("\n")
    .map((line): Case => JSON.parse(line));
  const found = cases.map(expectOnlyProven);
  // There are enough of each kind.
  expect(found.filter(({ drift }) => drift > 0).length).toBeGreaterThan(30);
  expect(found.filter(({ own }) => own > 0).length).toBeGreaterThan(30);
});

test.skipIf(!/^[0-9]+$/.test(mode))("the same holds for new pairs", { timeout: 600_000 }, () => {
  for (const one of answered(generatePairs(Date.now() % 2 ** 31, Number(mode)))) expectOnlyProven(one);
});

function expectOnlyProven({ pair, head, base }: Case): { readonly drift: number; readonly own: number } {
  const sides = { head: builtBy(head, "head", pair), base: builtBy(base, "base", pair) };
  if (sides.head === null || sides.base === null) return { drift: 0, own: 0 };
  const { head: headSide, base: baseSide } = sides;
  const { layers } = compare(headSide, baseSide);
  let drift = 0;
  let own = 0;
  for (const { kind, head: index } of layers) {
    if (index === null || index === 0 || kind === "same") continue;
    const step = headSide.steps[index];
    const before = baseSide.steps[index];
    const isProven =
      step?.digest === before?.digest &&
      isNobodys(step, headSide.byDigest, pair.contextChanged) &&
      [headSide, baseSide].every((side) => runsAlone(step, side.byDigest));
    expect(kind === "drift", `${JSON.stringify(pair, null, 1)}\nlayer ${index}`).toBe(isProven);
    if (isProven) drift++;
    else own++;
  }
  return { drift, own };
}

/**
 * Reports whether neither the author of a pull request nor another step can have changed the command's
 * result.
 */
function isNobodys(
  step: StepView | undefined,
  steps: ReadonlyMap<string, StepView>,
  contextChanged: boolean,
): boolean {
  if (step === undefined || !("exec" in step.op.Op)) return false;
  for (let below: StepView | undefined = step; below !== undefined; below = steps.get(below.parent ?? "")) {
    if ("exec" in below.op.Op) {
      const { mounts, network, ...more } = below.op.Op["exec"] as Readonly<Record<string, unknown>>;
      const reads = (mounts as readonly unknown[]).length > 1 || network === 1;
      if (reads || Object.keys(more).join() !== "meta") return false;
    } else {
      const others = below.inputs.filter((input) => input !== below?.parent);
      if (others.some((input) => !isFixed(input, steps, contextChanged))) return false;
    }
  }
  return true;
}

/** Reports whether no other command with a network can run at the same time as a command with a network. */
function runsAlone(step: StepView | undefined, steps: ReadonlyMap<string, StepView>): boolean {
  const isAfter = (later: string, earlier: string): boolean =>
    later === earlier || (steps.get(later)?.inputs ?? []).some((input) => isAfter(input, earlier));
  const isOnNetwork = ({ op }: StepView) =>
    "exec" in op.Op && (op.Op["exec"] as { readonly network?: number }).network !== 2;
  if (step === undefined || !isOnNetwork(step)) return true;
  const others = [...steps.values()].filter(isOnNetwork).map(({ digest }) => digest);
  return others.every((other) => isAfter(step.digest, other) || isAfter(other, step.digest));
}

/**
 * Reports whether a source of a copy is the same on both sides: it depends on no command and no changed
 * context.
 */
function isFixed(digest: string, steps: ReadonlyMap<string, StepView>, contextChanged: boolean): boolean {
  const step = steps.get(digest);
  if (step === undefined || "exec" in step.op.Op) return false;
  if (isContext(step)) return !contextChanged;
  return step.inputs.every((input) => isFixed(input, steps, contextChanged));
}

/**
 * Returns one side, as if a builder had executed BuildKit's steps and every command had written different
 * bytes.
 */
function builtBy({ steps = [] }: OracleAnswer, side: "head" | "base", { contextChanged }: Pair) {
  const byDigest = new Map(steps.map((step) => [step.digest, step]));
  const chains = new Map<string, readonly string[]>();
  for (const step of steps) {
    const below = chains.get(step.parent ?? "") ?? [];
    const kind = Object.keys(step.op.Op)[0];
    const content = digestOf(
      JSON.stringify([
        step.op,
        step.inputs.map((input) => (input === step.parent ? null : chains.get(input))),
        kind === "exec" || (isContext(step) && contextChanged) ? side : "",
      ]),
    );
    chains.set(step.digest, kind === undefined ? below : [...below, content]);
  }
  const target = chains.get(steps.at(-1)?.digest ?? "");
  if (target === undefined || target.length < 2) return null;
  const record = readBuildRecord({
    invocation: { parameters: { frontend: "dockerfile.v0", args: { "no-cache": "" } } },
    buildConfig: {
      llbDefinition: steps.map(({ op, inputs }, index) => ({
        id: `step${index}`,
        op,
        inputs: inputs.map((input) => `step${steps.findIndex(({ digest }) => digest === input)}:0`),
      })),
    },
    metadata: {
      "https://mobyproject.org/buildkit@v1#metadata": {
        // The last step is the image itself.
        layers: Object.fromEntries(
          steps
            .slice(0, -1)
            .map(({ digest }, index) => [
              `step${index}:0`,
              [chains.get(digest)?.map((one) => ({ digest: one })) ?? []],
            ]),
        ),
      },
    },
  });
  if (record === null) throw new Error("no record");
  // Only the record distinguishes one layer from another.
  const layers = target.map((content, index) =>
    layer("RUN x", side === "head" ? 2 : 1, {
      diffId: content as ReturnType<typeof digestOf>,
      origin: index === 0 ? "base-image" : "own",
    }),
  );
  const lowestFirst: StepView[] = [];
  for (
    let step = byDigest.get(steps.at(-1)?.parent ?? "");
    step !== undefined;
    step = byDigest.get(step.parent ?? "")
  ) {
    lowestFirst.unshift(step);
  }
  return {
    inspection: inspection({ layers }),
    filesystem: filesystem({}),
    record,
    steps: lowestFirst,
    byDigest,
  };
}

function isContext({ op }: StepView): boolean {
  const source = op.Op["source"] as { readonly identifier: string } | undefined;
  return source !== undefined && !source.identifier.startsWith("docker-image://");
}

function answered(pairs: readonly Pair[]): readonly Case[] {
  const answers = askBuildKit(pairs.flatMap(({ head, base }) => [head, base]));
  return pairs.map((pair, index) => {
    const only = ({ steps = [] }: OracleAnswer = {}): OracleAnswer => ({ steps });
    return { pair, head: only(answers[2 * index]), base: only(answers[2 * index + 1]) };
  });
}
