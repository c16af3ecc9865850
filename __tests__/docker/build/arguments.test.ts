import fc from "fast-check";
import { expect, test } from "vitest";
import { buildArguments } from "../../../src/docker/build/arguments.ts";
import type { BuildDefinition } from "../../../src/docker/build/definition.ts";
import { cacheScope, definition } from "../../helpers/build-definition.ts";

const places = {
  context: "/t/head-1",
  dockerfile: "/t/head-2/Dockerfile",
  buildContexts: new Map<string, string>(),
  secretFiles: new Map<string, string>(),
  metadata: "/t/metadata.json",
};

const command = {
  side: "head",
  cacheScope,
  places,
  builder: null,
  reference: "image-audit/build:x",
  destination: { kind: "engine" },
} as const;

function args(overrides: Partial<BuildDefinition>, more: Partial<Parameters<typeof buildArguments>[0]> = {}) {
  return buildArguments({ ...command, definition: definition(overrides), ...more });
}

test("a build has these arguments by default", () => {
  expect(args({})).toEqual([
    "buildx",
    "build",
    "--build-arg",
    expect.stringMatching(/^BUILDKIT_CACHE_MOUNT_NS=image-audit\/[0-9a-f]{32}$/),
    "--file",
    "/t/head-2/Dockerfile",
    "--provenance=false",
    "--sbom=false",
    "--progress=rawjson",
    "--metadata-file",
    "/t/metadata.json",
    "--load",
    "--tag",
    "image-audit/build:x",
    "--",
    "/t/head-1",
  ]);
});

test.each<[string, Partial<BuildDefinition>, readonly string[]]>([
  ["addHosts", { addHosts: ["a:1.2.3.4", "b:::1"] }, ["--add-host", "a:1.2.3.4", "--add-host", "b:::1"]],
  ["allow", { allow: ["network.host"] }, ["--allow", "network.host"]],
  [
    "buildArgs",
    {
      buildArgs: new Map([
        ["A", "1"],
        ["B", ""],
      ]),
    },
    ["--build-arg", "A=1", "--build-arg", "B="],
  ],
  ["cacheFrom", { cacheFrom: ["type=gha"] }, ["--cache-from", "type=gha"]],
  ["cacheTo", { cacheTo: ["type=gha,mode=max"] }, ["--cache-to", "type=gha,mode=max"]],
  ["labels", { labels: ["a=b"] }, ["--label", "a=b"]],
  ["network", { network: "host" }, ["--network", "host"]],
  ["noCache", { noCache: true }, ["--no-cache"]],
  ["platform", { platform: "linux/arm64" }, ["--platform", "linux/arm64"]],
  ["pull", { pull: true }, ["--pull"]],
  ["secretEnvs", { secretEnvs: new Map([["id,1", "TOKEN"]]) }, ["--secret", '"id=id,1",env=TOKEN']],
  ["shmSize", { shmSize: "1g" }, ["--shm-size", "1g"]],
  ["ssh", { ssh: ["default"] }, ["--ssh", "default"]],
  ["target", { target: "prod" }, ["--target", "prod"]],
  ["ulimit", { ulimit: ["nofile=1024:1024"] }, ["--ulimit", "nofile=1024:1024"]],
])("%s becomes its flag", (_, overrides, expected) => {
  expect(args(overrides).join("\n")).toContain(`\n${expected.join("\n")}\n`);
});

test("named contexts and secret files are taken from their staged paths", () => {
  const put = {
    ...places,
    buildContexts: new Map([
      ["lib", "/t/head-3"],
      ["alpine", "docker-image://alpine:3"],
    ]),
    secretFiles: new Map([["key", "/t/with,comma"]]),
  };
  const found = args({ secrets: new Map([["key", "hunter2"]]) }, { places: put }).join("\n");
  expect(found).toContain(
    "--build-context\nlib=/t/head-3\n--build-context\nalpine=docker-image://alpine:3\n",
  );
  expect(found).toContain('--secret\nid=key,"src=/t/with,comma"\n');
  expect(found).not.toContain("hunter2");
});

test("only the head writes a cache", () => {
  expect(args({ cacheTo: ["type=gha"] }, { side: "base" })).not.toContain("--cache-to");
});

test("the builder and the layout are named", () => {
  const destination = { kind: "layout", directory: "/t/a,b" } as const;
  const found = args({}, { builder: "cluster", destination });
  expect(found.slice(0, 4)).toEqual(["buildx", "build", "--builder", "cluster"]);
  expect(found).toContain('type=oci,tar=false,"dest=/t/a,b",name=image-audit/build:x');
  expect(found).not.toContain("--load");
});

test("a push to a receiver uses no TLS, and the builder keeps no image under its name", () => {
  const reference = "127.0.0.1:1/image-audit/x:push";
  const found = args({}, { reference, destination: { kind: "receiver", reference } });
  const output = found[found.indexOf("--output") + 1]?.split(",");
  expect(output).toEqual([
    "type=image",
    `name=${reference}`,
    "push=true",
    "registry.insecure=true",
    "store=false",
    "oci-mediatypes=true",
  ]);
  expect(found).not.toContain("--load");
});

test("a build argument always has a =, so that docker never reads our environment", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, value) => {
      try {
        const found = args({ buildArgs: new Map([[name, value]]) });
        expect(found[found.indexOf("--build-arg") + 1]).toBe(`${name}=${value}`);
        expect(name).toMatch(/^[A-Za-z_]/);
      } catch (error) {
        expect(error).toMatchObject({ code: "input-invalid" });
      }
    }),
  );
});

test("the context is last, after --, and is the only positional argument", () => {
  const found = args({ buildArgs: new Map([["A", "--help"]]), target: "--help", labels: ["--"] });
  expect(found.slice(-2)).toEqual(["--", "/t/head-1"]);
  expect(found[found.indexOf("--target") + 1]).toBe("--help");
});

test("cache mounts belong to the repository's base or to the change's head, whatever a build argument says", () => {
  const namespace = (side: "head" | "base", repository: string, change: string) => {
    const buildArgs = new Map([["BUILDKIT_CACHE_MOUNT_NS", "mine"]]);
    const found = args({ buildArgs }, { side, cacheScope: { repository, change } });
    return found.filter((one) => one.startsWith("BUILDKIT_CACHE_MOUNT_NS="));
  };
  const [one] = namespace("base", "a/b", "1");
  expect(namespace("base", "a/b", "2")).toEqual([one]);
  const all = [
    ...namespace("base", "a/b", "1"),
    ...namespace("head", "a/b", "1"),
    ...namespace("head", "a/b", "2"),
    ...namespace("base", "a/c", "1"),
    ...namespace("head", "a/c", "1"),
    ...namespace("head", "a", "b1"),
  ];
  expect(new Set(all).size).toBe(6);
  expect(all).toHaveLength(6);
});
