import { expect, test } from "vitest";
import type { WasteCause } from "../../src/inspect/waste.ts";
import { lessLargeWaste, lessWaste } from "../../src/policy/advice/waste.ts";
import { baseLayers, layer, wasting } from "../helpers/inspection.ts";
import { plainText } from "../helpers/plain-text.ts";

const layers = [
  ...baseLayers("debian", 100, 100),
  layer("RUN /bin/sh -c make # buildkit", 100, { line: 3 }),
  layer("COPY a /a # buildkit", 100, { line: 4 }),
  layer("RUN /bin/sh -c rm /a # buildkit", 0, { line: 5 }),
  layer("unknown", 100),
];

const cause = (kind: WasteCause["kind"], layer: number, wastedBy: number): WasteCause => {
  return { kind, bytes: 50, files: 1, layer, wastedBy };
};

test.each<readonly [WasteCause, string]>([
  [
    cause("deleted", 2, 4),
    "Line 5 deletes 50 B that line 3 wrote, and they stay in the image: delete them in line 3, in the same RUN.",
  ],
  [
    cause("deleted", 3, 4),
    "Line 5 deletes 50 B that line 4 wrote, and they stay in the image: delete them in line 4, or do not copy them.",
  ],
  [
    cause("deleted", 5, 4),
    "Line 5 deletes 50 B that layer 6 wrote, and they stay in the image: delete them in layer 6.",
  ],
  [
    cause("deleted", 0, 4),
    "Line 5 deletes 50 B of the base image, and they stay in the image: choose a base image without them.",
  ],
  [
    cause("metadata-only", 3, 4),
    "Line 5 holds 50 B of line 4 again, with the same content: set mode and owner in line 4, with COPY --chmod and --chown.",
  ],
  [
    cause("metadata-only", 2, 4),
    "Line 5 holds 50 B of line 3 again, with the same content: set mode and owner in line 3, in the same RUN.",
  ],
  [
    cause("metadata-only", 1, 4),
    "Line 5 holds 50 B of the base image again, with the same content: leave their mode, owner and time as they are.",
  ],
  [
    cause("overwritten", 2, 4),
    "Line 5 overwrites 50 B that line 3 wrote, and both stay in the image: write them once.",
  ],
  [cause("overwritten", 3, 3), "Line 4 holds 50 B twice under the same paths: write each file once."],
])("advises against %o", (waste, advice) => {
  expect(lessWaste(wasting(layers, [waste])).map(plainText)).toEqual([advice]);
});

test("says nothing of what base images waste themselves, or of less than a hundredth", () => {
  expect(lessWaste(wasting(layers, [cause("deleted", 0, 1)]))).toEqual([]);
  const small = wasting(layers, [{ ...cause("deleted", 2, 4), bytes: 4 }]);
  expect([lessWaste(small).length, lessLargeWaste(small).length]).toEqual([1, 0]);
});
