import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { parseConfig } from "../../../src/image/documents/config.ts";
import { field, parseJson } from "../../../src/image/documents/json.ts";
import { parseIndex, parseManifest } from "../../../src/image/documents/manifest.ts";
import { limits } from "../../../src/image/limits.ts";
import { descriptor, indexOf, testImage } from "../../helpers/layout.ts";
import { file } from "../../helpers/tar.ts";

const parse = (text: string) => parseJson(Buffer.from(text), "config", limits.config);
const keys = (count: number) => Array.from({ length: count }, (_, index) => `"k${index}":""`).join(",");

test.each([
  ["an object of 420,000 keys", `{${keys(420_000)}}`],
  ["labels of 420,000 keys", `{"config":{"Labels":{${keys(420_000)}}}}`],
  ["a list of 420,000 values", `{"config":{"Env":[${'"",'.repeat(420_000)}""]}}`],
  ["420,000 objects", `{"history":[${"{},".repeat(420_000)}{}]}`],
  [
    "brackets and quotes in text",
    `{${JSON.stringify('a\\":{')}:[${`${JSON.stringify('"]\\')},`.repeat(420_000)}""]}`,
  ],
  ["lists 101 deep", `{"a":${"[".repeat(101)}${"]".repeat(101)}}`],
])("refuses %s", (_, text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: "limit-exceeded" }));
});

test("reads as many keys as a legitimate config can have", () => {
  const history = Array.from({ length: limits.history }, (_, index) => ({
    created: "2026-01-01T00:00:00Z",
    created_by: `RUN {[": ${index},,,`,
    author: "",
    comment: "buildkit.dockerfile.v0",
    empty_layer: true,
  }));
  expect(parseConfig(Buffer.from(JSON.stringify({ history }))).history).toHaveLength(limits.history);
});

// A search of all keys for each field would exceed the test's timeout.
test("finds fields among many keys, in any case", () => {
  const document = parse(`{${keys(50_000)},"oS":"linux"}`);
  for (let index = 0; index < 50_000; index++) expect(field(document, `K${index}`, "config")).toBe("");
  expect(field(document, "os", "config")).toBe("linux");
  const twice = parse(`{${keys(10)},"K1":""}`);
  expect(() => field(twice, "k1", "config")).toThrow(expect.objectContaining({ code: "image-invalid" }));
});

test("parses the same bytes only once", () => {
  const { config, manifest } = testImage({ layers: [[file("a")]] });
  const index = indexOf([testImage({ layers: [[file("a")]] })]);
  expect(parseConfig(config.bytes)).toBe(parseConfig(config.bytes));
  expect(parseManifest(manifest.bytes, null)).toBe(parseManifest(manifest.bytes, manifest.mediaType));
  expect(parseIndex(index.bytes, null)).toBe(parseIndex(index.bytes, null));
  expect(() => parseManifest(manifest.bytes, index.mediaType)).toThrow(/media type/);
});

test("refuses a manifest with two sizes for one blob", () => {
  const { config, layers } = testImage({ layers: [[file("a")]] });
  const [layer] = layers.map(descriptor);
  const manifest = (size: number) =>
    Buffer.from(
      JSON.stringify({
        config: descriptor(config),
        layers: [{ ...layer, size: (layer?.size ?? 0) + size }, layer],
      }),
    );
  expect(parseManifest(manifest(0), null).layers).toHaveLength(2);
  expect(() => parseManifest(manifest(1), null)).toThrow(expect.objectContaining({ code: "image-invalid" }));
});

test("refuses an index with more manifests than any legitimate one has", () => {
  const image = testImage({ layers: [] });
  const { digest, bytes } = image.manifest;
  const more = Array.from({ length: limits.indexEntries }, () => ({ digest, size: bytes.length }));
  const index = indexOf([image], more);
  expect(() => parseIndex(index.bytes, null)).toThrow(expect.objectContaining({ code: "limit-exceeded" }));
});
