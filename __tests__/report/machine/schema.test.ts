import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import auditSchema from "../../../schema/audit.schema.json" with { type: "json" };
import inspectionSchema from "../../../schema/inspection.schema.json" with { type: "json" };
import { rules } from "../../../src/policy/rules/rules.ts";
import { renderJson } from "../../../src/report/machine/json.ts";
import { situations } from "../../helpers/situations.ts";

const ajv = new Ajv2020({ strict: true, allErrors: true, schemas: [inspectionSchema] });
const validate = ajv.compile(auditSchema);

test.for([...situations])("the report of %s matches the schema", ([, make]) => {
  validate(JSON.parse(renderJson(make())));
  expect(validate.errors).toBeNull();
});

test("a report with a missing or an undescribed key does not match the schema", () => {
  const one = situations.get("drift")?.();
  if (one === undefined) throw new Error("no such situation");
  const report = JSON.parse(renderJson(one));
  expect(validate(report)).toBe(true);
  expect(validate({ ...report, verdict: "neutral" })).toBe(false);
  expect(validate({ ...report, extra: 1 })).toBe(false);
  expect(validate({ ...report, images: [{ ...report.images[0], comparison: {} }] })).toBe(false);
});

test("the schema has every rule, and every reason that a rule gives, and none besides", () => {
  const { rule, reason } = auditSchema.$defs.finding.properties;
  expect(rule.enum.toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
  const reasons = new Set(rules.flatMap((each): readonly string[] => each.reasons));
  expect(reason.enum.toSorted()).toEqual([...reasons].toSorted());
});
