// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is Dockerfile syntax for variables
import { expect, test } from "vitest";
import { parseDockerfile } from "../../../src/dockerfile/parse/dockerfile.ts";
import { resolveStages, type StageRequest } from "../../../src/dockerfile/stages/stages.ts";

const resolve = (lines: readonly string[], request: StageRequest = {}) =>
  resolveStages(parseDockerfile(lines.join("\n")), request);

test("the base image is that of the first stage in the target's chain, written and resolved", () => {
  const lines = [
    "ARG V=1.24",
    "FROM golang:${V} AS build",
    "FROM build AS test",
    "FROM scratch",
    "COPY --from=build / /",
  ];
  expect(resolve(lines, { target: "Test", buildArgs: new Map([["V", "1.25"]]) })).toMatchObject({
    target: 1,
    baseImage: { written: "golang:${V}", resolved: "docker.io/library/golang:1.25" },
    stages: [{ reachable: true }, { parent: 0, reachable: true }, { reachable: false }],
  });
});

test("declared stages that the target does not need are not reachable", () => {
  const { stages } = resolve(["FROM a AS used", "FROM b AS unused", "FROM scratch", "COPY --from=used / /"]);
  expect(stages.map(({ reachable }) => reachable)).toEqual([true, false, true]);
});

test("sources are what comes from outside: each once, by line, without scratch and local contexts", () => {
  const buildContexts = new Map([
    ["local", "./base"],
    ["remote", "https://git.example/base.git#v1"],
    ["node", "docker-image://registry.example/node:20"],
  ]);
  const { sources } = resolve(
    [
      "ARG V=1.24",
      "FROM golang:$V AS build",
      "RUN --mount=type=cache,target=/c --mount=from=busybox,target=/b make",
      "FROM nginx AS unused",
      "FROM local AS one",
      "FROM remote AS two",
      "FROM node AS three",
      "FROM golang:1.24 AS again",
      "FROM scratch",
      ...["build", "one", "two", "three", "again", "busybox"].map((from) => `COPY --from=${from} / /`),
    ],
    { buildContexts },
  );
  expect(sources).toEqual([
    { use: "from", written: "golang:$V", resolved: "docker.io/library/golang:1.24", line: 2 },
    { use: "copy", written: "busybox", resolved: "docker.io/library/busybox:latest", line: 3 },
    { use: "from", written: "remote", resolved: "https://git.example/base.git#v1", line: 6 },
    { use: "from", written: "node", resolved: "registry.example/node:20", line: 7 },
  ]);
});

test("a directory that is named like an image is no source", () => {
  const buildContexts = new Map([["local", "docker.io/library/golang:1.24"]]);
  expect(resolve(["FROM local"], { buildContexts }).sources).toEqual([]);
});

test("images that are sources of copies or mounts are listed once, normalised and sorted", () => {
  const { images } = resolve([
    "FROM scratch",
    "COPY --from=nginx / /",
    "COPY --link --from=docker.io/library/nginx:latest / /",
    "RUN --mount=type=bind,from=alpine:3,target=/m x",
    "RUN --mount=type=cache,target=/c x",
  ]);
  expect(images).toEqual(["docker.io/library/alpine:3", "docker.io/library/nginx:latest"]);
});

test("a directory in place of an image is not an image, whatever its name", () => {
  const buildContexts = new Map([["nginx", "dir"]]);
  expect(resolve(["FROM scratch", "COPY --from=nginx / /"], { buildContexts }).images).toEqual([]);
});

test("a named context replaces a stage or an image", () => {
  const buildContexts = new Map([
    ["build", "docker-image://ghcr.io/o/built"],
    ["alpine", "./rootfs"],
  ]);
  const { stages, baseImage } = resolve(["FROM a AS build", "FROM alpine:latest", "COPY --from=build / /"], {
    buildContexts,
  });
  expect(stages).toMatchObject([
    { replaced: true, resolved: "ghcr.io/o/built:latest" },
    { replaced: false, resolved: "./rootfs" },
  ]);
  expect(baseImage).toEqual({ written: "alpine:latest", resolved: "./rootfs" });
});

test("the build platform is the image's platform unless it is given", () => {
  const lines = ["FROM a:$BUILDARCH-$TARGETARCH$TARGETVARIANT"];
  const resolved = (request: StageRequest) => resolve(lines, request).baseImage.resolved;
  expect(resolved({ platform: "linux/arm/v7" })).toBe("docker.io/library/a:arm-armv7");
  expect(resolved({ platform: "linux/arm64/v8", buildPlatform: "linux/x86_64" })).toBe(
    "docker.io/library/a:amd64-arm64",
  );
  expect(resolved({})).toBe("docker.io/library/a:amd64-amd64");
});

test("the error for an unknown target names the closest stage and all stages", () => {
  expect(() => resolve(["FROM a AS build", "FROM b AS runtime"], { target: "runtim" })).toThrow(
    expect.objectContaining({
      code: "target-unknown",
      message:
        'The Dockerfile has no stage "runtim". The nearest is "runtime"; its stages are build, runtime.',
    }),
  );
});

test.each(["0", "1", "stage-0"])("a target cannot be the number %s", (target) => {
  expect(() => resolve(["FROM a", "FROM b"], { target })).toThrow(
    expect.objectContaining({ code: "target-unknown" }),
  );
});

test.each([
  [["FROM Alpine"], /line 1: "Alpine" is not a valid image reference; repository names, .* lower case/],
  [["ARG X", "FROM a:1$X", "FROM ${X}"], /line 3: the base image "\$\{X\}" is blank/],
  [
    ["FROM a", "COPY --from=b / /", "FROM c AS b", "FROM a", "COPY --from=$X / /"],
    /line 5: variables are not expanded/,
  ],
  [["FROM a AS x", "COPY --from=y / /", "FROM b AS y", "COPY --from=x / /"], /in a circle/],
])("refuses what BuildKit refuses, with the line: %j", (lines, message) => {
  expect(() => resolve(lines)).toThrow(
    expect.objectContaining({ code: "dockerfile-invalid", message: expect.stringMatching(message) }),
  );
});

test.each([
  [{ platform: "linux/" }, /"linux\/" is not a platform/],
  [{ buildContexts: new Map([["A B", "x"]]) }, /"A B" cannot name a build context/],
  [{ buildContexts: new Map([["a", "docker-image://X Y"]]) }, /not a valid image reference/],
])("refuses an invalid request as an invalid input", (request, message) => {
  expect(() => resolve(["FROM a"], request)).toThrow(
    expect.objectContaining({ code: "input-invalid", message: expect.stringMatching(message) }),
  );
});

test.each([
  [
    "a long chain",
    Array.from({ length: 44_000 }, (_, index) => `FROM ${index === 0 ? "a" : `s${index - 1}`} AS s${index}`),
  ],
  [
    "a long chain of copies",
    Array.from(
      { length: 26_000 },
      (_, index) =>
        `FROM a AS s${index}\nCOPY --from=${Math.max(index - 1, 0) === index ? "a" : `s${index - 1}`} / /`,
    ),
  ],
  ["many images", ["FROM a", ...Array.from({ length: 44_000 }, (_, index) => `COPY --from=i${index} / /`)]],
])("resolves a hostile Dockerfile: %s", { timeout: 60_000 }, (_, lines) => {
  expect(resolve(lines).stages.every(({ reachable }) => reachable)).toBe(true);
});

test("limits variables that contain each other", () => {
  const lines = [
    "ARG A0=xxxxxxxxxx",
    ...Array.from({ length: 40 }, (_, index) => `ARG A${index + 1}=$A${index}$A${index}`),
    "FROM a",
  ];
  expect(() => resolve(lines)).toThrow(/longer than/);
});
