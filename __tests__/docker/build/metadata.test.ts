import { expect, test } from "vitest";
import { parseBuildMetadata } from "../../../src/docker/build/metadata.ts";

const sha256 = "a".repeat(64);
const digest = `sha256:${sha256}`;

test.each([
  ["pkg:docker/golang@1.24?platform=linux%2Famd64", "docker.io/library/golang:1.24"],
  ["pkg:docker/grafana/grafana@latest", "docker.io/grafana/grafana:latest"],
  ["pkg:docker/gcr.io/distroless/static@nonroot?platform=linux%2Famd64", "gcr.io/distroless/static:nonroot"],
  ["pkg:docker/127.0.0.1%3A5000/a@1", "127.0.0.1:5000/a:1"],
  ["pkg:docker/localhost/a@1", "localhost/a:1"],
  [`pkg:docker/alpine@3?digest=${digest.replace(":", "%3A")}`, `docker.io/library/alpine:3@${digest}`],
  [`pkg:docker/alpine@${digest.replace(":", "%3A")}`, `docker.io/library/alpine@${digest}`],
])("%s is %s, in either kind of provenance", (uri, reference) => {
  const list = [{ uri, digest: { sha256 } }];
  const old = { "buildx.build.provenance": { materials: list } };
  const current = {
    "buildx.build.provenance/linux/amd64": { buildDefinition: { resolvedDependencies: list } },
  };
  for (const metadata of [old, current]) {
    expect(parseBuildMetadata(JSON.stringify(metadata)).materials).toEqual([{ reference, digest }]);
  }
});

test.each(["pkg:github/a/b@1", "https://example.com/a.tar", "pkg:docker/%ZZ@1", "pkg:docker/"])(
  "%s is not an image",
  (uri) => {
    const metadata = { "buildx.build.provenance": { materials: [{ uri, digest: { sha256 } }] } };
    expect(parseBuildMetadata(JSON.stringify(metadata)).materials).toEqual([]);
  },
);

test("omits a material without a verifiable digest", () => {
  const materials = [{ uri: "pkg:docker/a@1", digest: { sha256: "short" } }, { uri: "pkg:docker/b@1" }];
  expect(parseBuildMetadata(JSON.stringify({ "buildx.build.provenance": { materials } })).materials).toEqual(
    [],
  );
});

test("returns the config's digest, and accepts metadata without it", () => {
  expect(parseBuildMetadata(JSON.stringify({ "containerimage.config.digest": digest })).configDigest).toBe(
    digest,
  );
  expect(parseBuildMetadata("{}")).toEqual({ configDigest: null, materials: [], recorded: [], record: null });
  expect(parseBuildMetadata("[]").configDigest).toBeNull();
});

test("returns the built files byte for byte, for both kinds of provenance and every platform", () => {
  const bytes = Buffer.from("\ufeffFROM a\r\n\xff", "latin1");
  const infos = [
    { filename: "Dockerfile", language: "Dockerfile", data: bytes.toString("base64") },
    { filename: "x" },
  ];
  const record = { source: { infos } };
  const old = { metadata: { "https://mobyproject.org/buildkit@v1#metadata": record } };
  const current = { runDetails: { metadata: { buildkit_metadata: record } } };
  const expected = [
    { name: "Dockerfile", bytes },
    { name: "x", bytes: Buffer.alloc(0) },
  ];
  for (const provenance of [old, current]) {
    const one = { "buildx.build.provenance": provenance };
    expect(parseBuildMetadata(JSON.stringify(one)).recorded).toEqual(expected);
    const two = {
      "buildx.build.provenance/linux/amd64": provenance,
      "buildx.build.provenance/linux/arm64": provenance,
    };
    expect(parseBuildMetadata(JSON.stringify(two)).recorded).toEqual([...expected, ...expected]);
  }
});

test.each([{}, { metadata: {} }, { runDetails: { metadata: { buildkit_metadata: {} } } }])(
  "accepts a provenance without files: %j",
  (provenance) => {
    const metadata = { "buildx.build.provenance": provenance };
    expect(parseBuildMetadata(JSON.stringify(metadata)).recorded).toEqual([]);
  },
);

test("returns the builder's record for one platform, and none for several", () => {
  const provenance = {
    invocation: { parameters: { frontend: "dockerfile.v0" } },
    buildConfig: { llbDefinition: [] },
    metadata: { "https://mobyproject.org/buildkit@v1#metadata": {} },
  };
  const recordOf = (...keys: readonly string[]) =>
    parseBuildMetadata(JSON.stringify(Object.fromEntries(keys.map((key) => [key, provenance])))).record;
  const record = { frontend: null, ignoredCache: false, steps: [] };
  expect(recordOf("buildx.build.provenance")).toEqual(record);
  expect(recordOf("buildx.build.provenance/linux/arm64")).toEqual(record);
  expect(recordOf("buildx.build.provenance/linux/arm64", "buildx.build.provenance/linux/amd64")).toBeNull();
  expect(recordOf("other")).toBeNull();
});
