import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import auditSchema from "../../../schema/audit.schema.json" with { type: "json" };
import inspectionSchema from "../../../schema/inspection.schema.json" with { type: "json" };
import type { Audit } from "../../../src/policy/audit-record.ts";
import { annotationsOf } from "../../../src/report/machine/annotations.ts";
import { bounded } from "../../../src/report/machine/bounded.ts";
import { renderJson } from "../../../src/report/machine/json.ts";
import { renderComment, renderShortComment } from "../../../src/report/markdown/comment.ts";
import { renderSummary } from "../../../src/report/markdown/summary.ts";
import { renderTerminal } from "../../../src/report/terminal/terminal.ts";
import { audit, auditedImage, inspection, layer, packageManager, shell } from "../../helpers/inspection.ts";

// Whatever is in an image, each report fits its limit and has the verdict.

const marker = "<!-- image-audit:0123456789abcdef -->";
const isRecord = new Ajv2020({ strict: true, schemas: [inspectionSchema] }).compile(auditSchema);
const over = { distroless: "fail", "max-size": "1" };
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const inputs: readonly (readonly [string, () => Audit])[] = [
  [
    "1.5 million shells that are likely ones",
    () => {
      const shells = many(1_500_000, (index) => shell(`/srv/${index}/sh`, { certainty: "likely" }));
      return audit([auditedImage({ head: inspection({ shells }), base: inspection(), policy: over })]);
    },
  ],
  [
    "100,000 package managers",
    () => {
      const packageManagers = many(100_000, (index) => packageManager(`/srv/${index}/apt-get`));
      return audit([auditedImage({ head: inspection({ packageManagers }), policy: over })]);
    },
  ],
  [
    "names of 64 kB",
    () => {
      const name = "n".repeat(65_536);
      const head = inspection({
        shells: many(50, (index) => shell(`/${name}${index}`)),
        layers: many(1000, (index) => layer(`RUN ${name} ${index}`, 1000)),
        notes: many(100, () => `${name} @`.repeat(3)),
        user: name,
        baseImage: { written: name, resolved: name, digest: null },
      });
      return audit([auditedImage({ name, head, base: inspection(), policy: over })], { baseName: name });
    },
  ],
  [
    "1,000 images",
    () => {
      const notes = many(2, () => "a@b.example #1 ".repeat(60));
      const head = inspection({
        layers: many(10, (index) => layer(`RUN ${index} ${"<&|".repeat(60)}`, 1000)),
        notes,
      });
      return audit(
        many(1000, (index) =>
          auditedImage({ name: `image${index}`, head, base: inspection(), policy: over }),
        ),
      );
    },
  ],
  ["texts of emoji", () => audit(many(4, () => hostileImage("😀🎉👩‍👩‍👧‍👦".repeat(300))))],
  ["texts of only @", () => audit(many(10, () => hostileImage("@".repeat(5000))))],
  [
    "a message of only @",
    () =>
      audit([], { verdict: "inconclusive", error: { code: "build-failed", message: "@ @\n".repeat(1000) } }),
  ],
];

function hostileImage(text: string) {
  const head = inspection({
    shells: many(5, (index) => shell(`/${text}${index}`, { certainty: "likely", kind: text })),
    layers: many(127, (index) => layer(text, 1000 + index)),
    notes: many(30, () => `${text} `.repeat(10)),
    family: text,
    user: text,
    entrypoint: [text],
    baseImage: { written: text, resolved: text, digest: null },
  });
  return auditedImage({ name: text, head, base: inspection(), policy: over });
}

test.each(inputs)(
  "%s",
  (_, make) => {
    const one = make();
    const comment = renderComment(one, { marker, authority: "@".repeat(1000) });
    expect(comment.length).toBeLessThanOrEqual(60_000);
    // The size of a comment in GitHub's database, in bytes.
    expect(Buffer.byteLength(comment)).toBeLessThan(262_144);
    expect(Buffer.byteLength(renderSummary(one))).toBeLessThan(1_048_576);
    expect(renderShortComment(one, { marker, authority: "@".repeat(1000) }).length).toBeLessThan(2000);
    for (const text of [comment, renderSummary(one), renderShortComment(one, { marker })]) {
      expect(text).toMatch(one.verdict === "fail" ? /❌/ : /❓/);
      expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    }
    expect(renderTerminal(one, { columns: 100, colour: false })).toMatch(/fail|inconclusive/);
    for (const { message } of annotationsOf(one)) expect(message.length).toBeLessThan(8000);

    const json = renderJson(one);
    expect(json.length).toBeLessThan(64_000_000);
    isRecord(JSON.parse(json));
    expect(isRecord.errors).toBeNull();
  },
  120_000,
);

test("cuts a long list but counts all its items, and keeps the verdict and the numbers", () => {
  const shells = many(20_000, (index) => shell(`/srv/${index}/sh`));
  const one = audit([auditedImage({ head: inspection({ shells }), policy: over })]);
  const record = JSON.parse(renderJson(one));
  expect(record.verdict).toBe("fail");
  expect(record.images[0].head.size).toBe(one.images[0]?.head.size);
  expect(record.images[0].head.shells).toEqual(shells.slice(0, 10_000));
  expect(record.omitted).toContainEqual({ at: "images.0.head.shells", of: 20_000 });
});

test("returns a record that fits unchanged, and cuts one that does not until it fits", () => {
  const small = { notes: ["a"], images: [{ name: "b" }] };
  expect(bounded(small)).toBe(small);
  const nested = many(500, () => ({ list: many(500, (index) => `${index}${"x".repeat(100)}`) }));
  const cut = bounded({ nested }, 100_000);
  expect(JSON.stringify(cut).length).toBeLessThan(120_000);
  const { omitted } = cut as typeof cut & { readonly omitted: readonly object[] };
  expect(omitted.slice(0, 2)).toEqual([
    { at: "nested", of: 500 },
    { at: "nested.0.list", of: 500 },
  ]);
});
