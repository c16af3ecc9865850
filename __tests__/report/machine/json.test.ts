import fc from "fast-check";
import { expect, test } from "vitest";
import { annotationsOf } from "../../../src/report/machine/annotations.ts";
import { renderJson } from "../../../src/report/machine/json.ts";
import { audit, auditedImage, inspection } from "../../helpers/inspection.ts";
import { situations } from "../../helpers/situations.ts";

test("JSON preserves every text, and has nothing that a log or a terminal would execute", () => {
  const pieces = fc.constantFrom(
    "##[",
    "::",
    "\u001b[31m",
    "\u202e",
    "\u0085",
    "\u2028",
    "\u{e0041}",
    '"',
    "\\",
    "x",
    "\n",
  );
  fc.assert(
    fc.property(
      fc.array(pieces).map((parts) => parts.join("")),
      (text) => {
        const json = renderJson(inspection({ family: text }));
        expect(JSON.parse(json).family).toBe(text);
        expect(json).not.toMatch(/##\[|(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      },
    ),
  );
});

test("the same audit gives the same bytes, which end in a newline", () => {
  const once = situations.get("several-images")?.();
  const again = situations.get("several-images")?.();
  if (once === undefined || again === undefined) throw new Error("no such situation");
  expect(renderJson(once)).toBe(renderJson(again));
  expect(renderJson(once).endsWith("}\n")).toBe(true);
});

test("annotations name the rule, both numbers, and the line with the largest growth", () => {
  const over = situations.get("over-budget-not-distroless")?.();
  if (over === undefined) throw new Error("no such situation");
  expect(annotationsOf(over)).toEqual([
    {
      level: "error",
      title: "calculator: max-size",
      message: "The image is 1.27 GB, 1.17 GB over the max-size of 100 MB.",
      file: "Dockerfile",
      line: 3,
    },
    {
      level: "error",
      title: "calculator: max-increase",
      message: "The pull request's own growth is +1.26 GB, more than the max-increase of 5% and 10 MB.",
      file: "Dockerfile",
      line: 3,
    },
    {
      level: "error",
      title: "calculator: distroless",
      message: "The image is not distroless: it has /usr/bin/dash, /usr/bin/bash, /usr/bin/sh and 6 more.",
      file: "Dockerfile",
      line: null,
    },
  ]);
});

test("writes at most as many annotations as a runner shows, and warnings as warnings", () => {
  const image = auditedImage({ head: inspection(), policy: { "max-size": "1" } });
  const warned = auditedImage({ head: inspection(), policy: { "warn-size": "1" } });
  const annotations = annotationsOf(audit([...Array.from({ length: 30 }, () => image), warned]));
  expect(annotations.map(({ level }) => level)).toEqual([
    ...Array.from({ length: 10 }, () => "error"),
    "warning",
  ]);
});
