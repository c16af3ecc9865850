import { expect, test } from "vitest";
import { listFiles } from "../../../src/inspect/files.ts";
import { renderJsonLine } from "../../../src/report/machine/json.ts";
import { fileLine } from "../../../src/report/terminal/file-list.ts";
import { inPieces } from "../../../src/report/text/pieces.ts";
import { filesystem, layer } from "../../helpers/inspection.ts";

test("shows users layers numbered from 1, and JSON has their index", () => {
  const files = filesystem({ low: [1, 0], high: [2, 1] });
  const layers = [layer("COPY low /", 1), layer("COPY high /", 2, { line: 3 })];
  const text = (format: "terminal" | "json") =>
    [...inPieces(listFiles(files, layers), format === "json" ? renderJsonLine : fileLine)].join("");
  expect(text("terminal")).toMatch(/\/high \[layer 2, line 3\]\n.*\/low \[layer 1\]\n$/);
  expect(
    text("json")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).layer),
  ).toEqual([1, 0]);
});
