import { expect, test } from "vitest";
import { readBuildRecord } from "../../../src/dockerfile/build-record/build-record.ts";

const digest = (name: string) => `sha256:${name.repeat(64).slice(0, 64)}`;
const image = {
  source: { identifier: "docker-image://docker.io/library/debian:13@sha256:1", attrs: { x: "y" } },
};
const command = {
  exec: { meta: { args: ["/bin/sh", "-c", "make"], env: ["PATH=/bin"], cwd: "/" }, mounts: [{ dest: "/" }] },
};
const platform = { Architecture: "arm64", OS: "linux", Variant: "v8" };

interface Parts {
  readonly frontend?: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly operation?: object;
}

const layers = {
  "step0:0": [[{ digest: digest("a"), mediaType: "x", size: -1 }]],
  "step1:0": [[{ digest: digest("a") }, { digest: digest("b") }]],
};
const definition = (operation: object) => [
  { id: "step0", op: { Op: image, platform, constraints: {} } },
  { id: "step1", op: { Op: operation, platform, constraints: {} }, inputs: ["step0:0"] },
  { id: "step2", op: { Op: {} }, inputs: ["step1:0"] },
];

/** Provenance as written by BuildKit since 2022, and since 2025. */
const forms: Readonly<Record<string, (parts: Parts) => unknown>> = {
  "SLSA 0.2": ({ frontend = "dockerfile.v0", args, operation = command }) => ({
    materials: [],
    invocation: { parameters: { frontend, args, locals: [{ name: "context" }] } },
    buildConfig: { llbDefinition: definition(operation) },
    metadata: { "https://mobyproject.org/buildkit@v1#metadata": { layers } },
  }),
  "SLSA 1": ({ frontend = "dockerfile.v0", args, operation = command }) => ({
    buildDefinition: {
      externalParameters: { configSource: {}, request: { frontend, args } },
      internalParameters: { buildConfig: { llbDefinition: definition(operation) } },
      resolvedDependencies: [],
    },
    runDetails: { metadata: { buildkit_metadata: { layers } } },
  }),
};

test.each(Object.entries(forms))("reads a record from a provenance of the form %s", (_, form) => {
  expect(readBuildRecord(form({}))).toEqual({
    frontend: null,
    ignoredCache: false,
    steps: [
      {
        image: "docker.io/library/debian:13@sha256:1",
        platform: "linux/arm64/v8",
        operation: expect.stringMatching(/^[0-9a-f]{64}$/),
        isClosedCommand: false,
        layers: [digest("a")],
      },
      {
        image: null,
        platform: "linux/arm64/v8",
        operation: expect.stringMatching(/^[0-9a-f]{64}$/),
        isClosedCommand: true,
        layers: [digest("a"), digest("b")],
      },
    ],
  });
  expect(readBuildRecord(form({ args: { "no-cache": "" } }))?.ignoredCache).toBe(true);
  expect(readBuildRecord(form({ args: { "no-cache": "some,stages" } }))?.ignoredCache).toBe(false);
  const gateway = {
    frontend: "gateway.v0",
    args: { source: "docker/dockerfile:1", cmdline: "docker/dockerfile:1" },
  };
  expect(readBuildRecord(form(gateway))?.frontend).toBe("docker/dockerfile:1");
});

const read = (parts: Parts) => readBuildRecord(forms["SLSA 0.2"]?.(parts));

test.each<[string, object]>([
  ["a second mount", { mounts: [{ dest: "/" }, { dest: "/x", input: 1 }] }],
  [
    "an inline document that is run as a file",
    { mounts: [{ dest: "/" }, { dest: "/dev/pipes/", input: -1 }] },
  ],
  ["a cache", { mounts: [{ dest: "/" }, { dest: "/c", mountType: 3, cacheOpt: { ID: "c" } }] }],
  ["a secret", { mounts: [{ dest: "/" }, { dest: "/s", mountType: 1, secretOpt: { ID: "s" } }] }],
  ["another root", { mounts: [{ dest: "/", input: 1 }] }],
  ["no root", { mounts: [] }],
  ["a secret in its environment", { secretenv: [{ ID: "s", name: "S" }] }],
  ["the host's network", { network: 1 }],
  ["more privileges", { security: 1 }],
  ["a device", { cdiDevices: [{ name: "x" }] }],
  ["a field of a future BuildKit", { later: true }],
])("a command with %s is not closed", (_, more) => {
  const record = read({ operation: { exec: { ...command.exec, ...more } } });
  expect(record?.steps[1]?.isClosedCommand).toBe(false);
});

test("a command without any network is closed", () => {
  expect(read({ operation: { exec: { ...command.exec, network: 2 } } })?.steps[1]?.isClosedCommand).toBe(
    true,
  );
});

test("a command's text is in its hash and nowhere else", () => {
  const hashOf = (meta: object) =>
    read({ operation: { exec: { ...command.exec, meta: { ...command.exec.meta, ...meta } } } })?.steps[1]
      ?.operation;
  const hashes = [
    {},
    { args: ["/bin/sh", "-c", "make "] },
    { env: ["PATH=/bin", "TOKEN=s3cret"] },
    { cwd: "/x" },
    { user: "1" },
    { extraHosts: [{ Host: "a", IP: "1.2.3.4" }] },
    { hostname: "x" },
    { later: 1 },
  ].map(hashOf);
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(hashOf({})).toBe(hashes[0]);
  expect(JSON.stringify(read({ args: { "build-arg:TOKEN": "s3cret" } }))).not.toContain("s3cret");
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["a value that is not an object", "x"],
  ["a provenance of mode min", { invocation: { parameters: { frontend: "dockerfile.v0" } }, metadata: {} }],
  ["an unknown frontend", forms["SLSA 0.2"]?.({ frontend: "" })],
  ["a gateway to nowhere", forms["SLSA 0.2"]?.({ frontend: "gateway.v0" })],
  ["two frontends", forms["SLSA 0.2"]?.({ args: { source: "x" } })],
])("reads no record from %s", (_, provenance) => {
  expect(readBuildRecord(provenance)).toBeNull();
});
