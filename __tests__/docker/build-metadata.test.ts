import { expect, test } from "vitest";
import { parseBuildMetadata } from "../../src/docker/build-metadata.ts";

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
  "%s is no image",
  (uri) => {
    const metadata = { "buildx.build.provenance": { materials: [{ uri, digest: { sha256 } }] } };
    expect(parseBuildMetadata(JSON.stringify(metadata)).materials).toEqual([]);
  },
);

test("a material without a digest that can be verified is left out", () => {
  const materials = [{ uri: "pkg:docker/a@1", digest: { sha256: "short" } }, { uri: "pkg:docker/b@1" }];
  expect(parseBuildMetadata(JSON.stringify({ "buildx.build.provenance": { materials } })).materials).toEqual(
    [],
  );
});

test("the config's digest is told, and metadata without it is no error", () => {
  expect(parseBuildMetadata(JSON.stringify({ "containerimage.config.digest": digest })).configDigest).toBe(
    digest,
  );
  expect(parseBuildMetadata("{}")).toEqual({ configDigest: null, materials: [] });
  expect(parseBuildMetadata("[]").configDigest).toBeNull();
});
