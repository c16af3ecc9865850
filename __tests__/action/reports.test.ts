import { expect, test } from "vitest";
import { commentOptions } from "../../src/action/publish.ts";
import { reportsOrUnfinished } from "../../src/action/reports.ts";
import type { Secrecy } from "../../src/inputs/confidential.ts";
import { withoutMarkup } from "../../src/report/text/escape.ts";
import { type Confidential, lastMaskOf, maskOf } from "../../src/secrecy/mask.ts";
import { audit, auditedImage, inspection, layer, shell } from "../helpers/inspection.ts";

const secret = "s3cr3t-t0ken-9";
const secrets = (...values: readonly string[]): Secrecy => {
  const all = values.map((value): Confidential => ({ value: Buffer.from(value), kind: "secret" }));
  return { mask: maskOf(all), last: lastMaskOf(all) };
};
const options = commentOptions(null, {});

function over(text: string) {
  const head = inspection({
    layers: [layer(`COPY a /srv/${text}`, 9_000_000, { line: 3 })],
    shells: [shell(`/srv/${text}/sh`, { certainty: "likely" })],
    user: text,
    family: text,
    entrypoint: [`/srv/${text}`],
    notes: [`a note of ${text}`],
    baseImage: { written: text, resolved: `registry.invalid/${text}:1`, digest: null },
  });
  const policy = { "max-size": "1", distroless: "fail" };
  return audit(
    [{ ...auditedImage({ name: text, head, base: inspection(), policy }), dockerfile: `${text}/Dockerfile` }],
    {
      baseName: text,
    },
  );
}

test("a secret in every text of a record is in no report and does not change the verdict", () => {
  const { audit: told, reports, error } = reportsOrUnfinished(over(secret), secrets(secret), options);
  expect(error).toBeNull();
  expect(told.verdict).toBe("fail");
  const texts = [
    reports.json,
    reports.markdown,
    reports.summary,
    reports.comment,
    ...reports.annotations.map((one) => JSON.stringify(one)),
  ];
  for (const text of texts) {
    expect(withoutMarkup(text)).toContain("***");
    expect(text).not.toContain(secret);
  }
  expect(JSON.parse(reports.json).images[0].head.user).toBe("***");
});

test.each(["pass", "fail", "size", "main", "1", "COPY", "linux/amd64", "null", "{"])(
  "the secret %s changes no verdict, number or key of a record",
  (value) => {
    const plain = JSON.parse(reportsOrUnfinished(over("x"), secrets(), options).reports.json);
    const { audit: told, reports } = reportsOrUnfinished(over("x"), secrets(value), options);
    const record = JSON.parse(reports.json);
    expect(told.verdict).toBe("fail");
    expect(record.verdict).toBe("fail");
    expect(Object.keys(record.images[0].head)).toEqual(Object.keys(plain.images[0].head));
    expect(record.images[0].head.size).toBe(plain.images[0].head.size);
  },
);

test("a report stays JSON if a secret has lines like the report's own", () => {
  const config =
    '{\n  "schemaVersion": 1,\n  "verdict": "fail",\n  "images": [\n    {\n      "head": {\n  "size": 1\n';
  const plain = JSON.parse(reportsOrUnfinished(over("x"), secrets(), options).reports.json);
  const { reports, error } = reportsOrUnfinished(over("x"), secrets(config), options);
  expect(error).toBeNull();
  expect(JSON.parse(reports.json)).toEqual(plain);
});

test("an error while reports are created is published as an audit that could not be finished", () => {
  const broken = {
    ...over("x"),
    images: [
      {
        ...over("x").images[0],
        get head(): never {
          throw new Error("no room");
        },
      },
    ],
  };
  const {
    audit: told,
    reports,
    error,
  } = reportsOrUnfinished({ ...broken, verdict: "pass" } as never, secrets(), options);
  expect(error).toMatchObject({ message: "no room" });
  expect(told.verdict).toBe("inconclusive");
  for (const text of [reports.comment, reports.summary, reports.markdown]) {
    expect(text).toContain("❓ The audit could not be finished");
    expect(text).toContain("no room");
  }
  expect(JSON.parse(reports.json)).toMatchObject({ verdict: "inconclusive", error: { code: "bug" } });
  expect(reportsOrUnfinished({ ...broken, verdict: "fail" } as never, secrets(), options).audit.verdict).toBe(
    "fail",
  );
});
