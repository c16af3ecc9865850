import { expect, test } from "vitest";
import { sizeChanges } from "../../../src/report/model/growth.ts";
import { layerRows, layerTotal } from "../../../src/report/model/layers.ts";
import { inText } from "../../../src/report/text/sentence.ts";
import { auditedImage, baseLayers, inspection, layer } from "../../helpers/inspection.ts";

test.for(["", " "])("a layer with the history %j has an unknown instruction", (createdBy) => {
  const head = inspection({ layers: [layer(createdBy, 2_000_000)] });
  const image = auditedImage({ head, base: inspection({ layers: [layer("COPY a /", 1_000_000)] }) });
  const what = layerRows(image).map((row) => inText(row.what));
  expect(what).toEqual(["unknown instruction", "COPY a /"]);
  expect(sizeChanges(image)?.parts.map((part) => inText(part.what))).toEqual(["unknown instruction"]);
});

const forty = (name: string) => baseLayers(name, ...Array.from({ length: 40 }, () => 1_000_000));
const app = layer("COPY a /", 1_000_000);

test.for([
  ["there is no base", null, ["1–40 base image, 40 layers", "41 COPY a /"]],
  ["they are the same", forty("a"), ["1–40 base image, 40 layers same", "41 COPY a / same"]],
  [
    "they are different",
    baseLayers("b", 5, 6),
    ["1–40 base image, 40 layers new", "41 COPY a / same", " base image, 2 layers gone"],
  ],
  [
    "some are different",
    [...forty("a").slice(0, 39), ...baseLayers("b", 7)],
    [
      "1–39 base image, 39 layers same",
      "40 base image: ADD file:39 in / new",
      "41 COPY a / same",
      " base image: ADD file:0 in / gone",
    ],
  ],
] as const)("layers of a base image are one row if %s", ([, base, rows]) => {
  const image = auditedImage({
    head: inspection({ layers: [...forty("a"), app] }),
    ...(base === null ? {} : { base: inspection({ layers: [...base, app] }) }),
  });
  const shown = layerRows(image);
  expect(shown.map(({ number, what, note }) => `${number} ${inText(what)} ${note}`.trimEnd())).toEqual(rows);
  const gone = shown.filter(({ note }) => note === "gone").reduce((sum, { count }) => sum + count, 0);
  expect(layerTotal(shown)).toBe(gone === 0 ? "41" : `41, and ${gone} gone`);
});

test("a changed layer without bytes is not shown as changed", () => {
  const side = (id: string) =>
    inspection({ layers: [layer("WORKDIR /app", 0, { id }), layer("RUN date > /d", 5, { id: `d${id}` })] });
  const rows = layerRows(auditedImage({ head: side("a"), base: side("b") }));
  expect(rows.map(({ note }) => note)).toEqual(["", "changed"]);
});
