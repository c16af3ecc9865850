import { expect, test } from "vitest";
import { whatMoved } from "../../src/report/grew.ts";
import { layerRows } from "../../src/report/layers.ts";
import { inText } from "../../src/report/sentence.ts";
import { auditedImage, inspection, layer } from "../helpers/inspection.ts";

test.for(["", " "])("a layer whose history is %j is said to be of an unknown instruction", (createdBy) => {
  const head = inspection({ layers: [layer(createdBy, 2_000_000)] });
  const image = auditedImage({ head, base: inspection({ layers: [layer("COPY a /", 1_000_000)] }) });
  const what = layerRows(image).map((row) => inText(row.what));
  expect(what).toEqual(["unknown instruction", "COPY a /"]);
  expect(whatMoved(image)?.parts.map((part) => inText(part.what))).toEqual(["unknown instruction"]);
});
