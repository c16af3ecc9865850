import fc from "fast-check";
import { expect, test } from "vitest";
import { commentMarker } from "../../../src/github/comment/marker.ts";

const parts = {
  workflow: ".github/workflows/a.yml",
  job: "image",
  name: "shop",
  platform: "linux/amd64",
  key: null,
};

test("the same audit has the same marker in every run", () => {
  expect(commentMarker({ ...parts })).toBe(commentMarker(parts));
});

test.each(["workflow", "job", "name", "platform"] as const)("another %s has another comment", (part) => {
  expect(commentMarker({ ...parts, [part]: "other" })).not.toBe(commentMarker(parts));
});

test("a key replaces all other parts", () => {
  const one = commentMarker({ ...parts, key: "images" });
  expect(commentMarker({ ...parts, job: "other", name: "other", key: "images" })).toBe(one);
  expect(commentMarker({ ...parts, key: "others" })).not.toBe(one);
});

test("parts do not run into each other", () => {
  const one = commentMarker({ ...parts, job: "a", name: "bc" });
  expect(commentMarker({ ...parts, job: "ab", name: "c" })).not.toBe(one);
});

test("no name breaks out of the marker", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("-->", "\n", '","', "--!>"));
  fc.assert(
    fc.property(text, text, (name, job) => {
      expect(commentMarker({ ...parts, name, job })).toMatch(/^<!-- image-audit:[0-9a-f]{32} -->$/);
    }),
  );
});
