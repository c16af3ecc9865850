import { expect, test } from "vitest";
import { sizeChanges } from "../../../src/report/model/growth.ts";
import { auditedImage, baseLayers, inspection, layer } from "../../helpers/inspection.ts";

const base = inspection({
  layers: [...baseLayers("debian", 50_000), layer("COPY a /a", 4_000), layer("COPY z /z", 1)],
});

test.each([
  ["a changed line", [...baseLayers("debian", 50_000), layer("COPY a b /", 6_000)], -4_001],
  ["another base image", [...baseLayers("alpine", 10_000), layer("COPY a /a", 9_000)], 5_000],
  [
    "five lines",
    [...baseLayers("debian", 50_000), ...[1, 2, 3, 4, 5].map((n) => layer(`RUN ${n}`, n * 1000))],
    -4_001,
  ],
] as const)("growth and the opposite changes add up to the difference: %s", (_, layers, against) => {
  const image = auditedImage({ head: inspection({ layers }), base });
  const changes = sizeChanges(image);
  const parts = [...(changes?.parts ?? []), changes?.rest, changes?.against];
  const sum = parts.reduce((total, part) => total + (part?.difference ?? 0), 0);
  expect(sum).toBe(image.comparison?.size.difference);
  expect(changes?.against?.difference).toBe(against);
});

test("opposite changes below a hundredth get no line", () => {
  const layers = [...baseLayers("debian", 50_000), layer("COPY a /a", 4_000), layer("RUN make", 9_000)];
  expect(sizeChanges(auditedImage({ head: inspection({ layers }), base }))?.against).toBeNull();
});
