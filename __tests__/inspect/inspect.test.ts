import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { BuildRecord } from "../../src/dockerfile/build-record/build-record.ts";
import { parseDockerfile } from "../../src/dockerfile/parse/dockerfile.ts";
import { resolveStages } from "../../src/dockerfile/stages/stages.ts";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import { readingsOf } from "../../src/image/image.ts";
import type { LayerEntry } from "../../src/image/layer/entry.ts";
import { EntryTable } from "../../src/image/layer/entry-table.ts";
import type { LayerReading } from "../../src/image/layer/reading.ts";
import { type BuildFacts, inspect } from "../../src/inspect/inspect.ts";
import type { Inspection } from "../../src/inspect/inspection.ts";
import { elfFile } from "../helpers/elf.ts";
import { program, readImage, script } from "../helpers/images.ts";
import { noWaste } from "../helpers/inspection.ts";
import { directory, file, symlink, type TarMember, whiteout } from "../helpers/tar.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../schema/inspection.schema.json", import.meta.url), "utf8"),
);
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

const debian: readonly TarMember[] = [
  file("etc/os-release", 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'),
  file("var/lib/dpkg/status", "Package: dash\nStatus: install ok installed\nVersion: 0.5\n"),
  program("bin/dash", { program: "dash" }),
  symlink("bin/sh", "dash"),
  program("usr/bin/apt-get", { program: "apt-get" }),
  script("usr/bin/pip3", "/usr/bin/python3"),
];
const own: readonly TarMember[] = [
  file("app/server", elfFile(), { mode: 0o755 }),
  file(Buffer.from([0x61, 0xff]), "12345", { mode: 0o755 }),
];

const dockerfileText = `FROM golang:1.24 AS build
RUN make
FROM docs AS unused
FROM debian:12
COPY --from=build /out /app
USER 1000
`;
const history = [
  { created_by: "debuerreotype" },
  { created_by: "COPY /out /app # buildkit", comment: "buildkit.dockerfile.v0" },
  { created_by: "USER 1000", comment: "buildkit.dockerfile.v0", empty_layer: true },
];
const config = { User: "1000", Entrypoint: ["/app/server"], Cmd: ["--port", "80"], Env: ["TOKEN=secret"] };

function contextOf(text: string): BuildFacts {
  const dockerfile = parseDockerfile(text);
  return { dockerfile, stages: resolveStages(dockerfile, {}) };
}

function problems(inspection: Inspection): unknown {
  validate(JSON.parse(JSON.stringify(inspection)));
  return validate.errors;
}

test.for<[isInherited: boolean, dockerfile: string]>([
  [true, "FROM debian:12 AS one\nWORKDIR /app\nFROM one\nCOPY --from=build /out /app\n"],
  [true, "FROM debian:12 AS one\nENV A=1\nFROM one AS two\nFROM two\nCOPY /out /app\n"],
  [false, "FROM debian:12 AS one\nFROM one\nCOPY /out /app\n"],
  [false, "FROM debian:12 AS one\nWORKDIR /app\nFROM debian:12\nCOPY --from=one /out /app\n"],
])("says whether other stages are part of the image: %s of %j", async ([isInherited, text]) => {
  const image = await readImage({ layers: [debian, own], config: { config, history } });
  const { stages } = inspect(image, { ...contextOf(text), baseImageDigest: null });
  expect(stages?.inherits).toBe(isInherited);
});

test("inspects an image with its Dockerfile completely", async () => {
  const image = await readImage({ layers: [debian, own], config: { config, history } });
  const baseImageDigest = image.configDigest;
  const inspection = inspect(image, { ...contextOf(dockerfileText), baseImageDigest });
  expect(inspection).toEqual({
    schemaVersion: 1,
    platform: "linux/amd64",
    digest: image.digest,
    configDigest: image.configDigest,
    size: sum(debian) + sum(own),
    unpackedSize: sum(debian) + sum(own),
    waste: noWaste,
    pullSize: { bytes: expect.any(Number), exact: true, low: expect.any(Number), high: expect.any(Number) },
    layers: [
      { ...blobOf(0), size: sum(debian), createdBy: "debuerreotype", line: null, origin: "base-image" },
      { ...blobOf(1), size: sum(own), createdBy: "COPY --from=build /out /app", line: 5, origin: "own" },
    ],
    baseImage: { written: "debian:12", resolved: "docker.io/library/debian:12", digest: baseImageDigest },
    stages: { declared: 3, reachable: 2, inherits: false },
    unusedStages: [{ name: "unused", line: 3 }],
    sources: [
      { use: "from", written: "golang:1.24", resolved: "docker.io/library/golang:1.24", line: 1 },
      { use: "from", written: "debian:12", resolved: "docker.io/library/debian:12", line: 4 },
    ],
    shells: [
      { path: "/bin/dash", reason: "name", certainty: "certain", kind: "dash" },
      { path: "/bin/sh", reason: "link", certainty: "certain", kind: "dash" },
    ],
    packageManagers: [{ path: "/usr/bin/apt-get", name: "apt-get" }],
    buildTools: [
      { path: "/usr/bin/pip3", name: "pip", kind: "package-manager", isUsed: false, bytes: 24, layer: 0 },
    ],
    distroless: {
      verdict: "no",
      evidence: [
        { kind: "shell", path: "/bin/dash", detail: "dash" },
        { kind: "shell", path: "/bin/sh", detail: "dash" },
        { kind: "package-manager", path: "/usr/bin/apt-get", detail: "apt-get" },
      ],
    },
    packages: [
      {
        type: "deb",
        name: "dash",
        version: "0.5",
        architecture: null,
        size: null,
        path: "/var/lib/dpkg/status",
        purl: "pkg:deb/debian/dash@0.5?distro=debian-12",
      },
    ],
    packagesUnread: [],
    family: "Debian GNU/Linux 12 (bookworm)",
    imageFamily: { name: "debian", label: "Debian", evidence: ["/etc/os-release"] },
    user: "1000",
    runsAs: { isRoot: false, uid: 1000, isInRootGroup: true, unknown: null },
    workingDirectory: null,
    entrypoint: ["/app/server"],
    command: ["--port", "80"],
    program: "/app/server",
    start: {
      verdict: "yes",
      command: ["/app/server", "--port", "80"],
      chain: [{ kind: "program", path: "/app/server", neededBy: null, needs: "/app/server", isFound: true }],
      problems: [],
      unproven: [],
      hints: [],
    },
    surface: {
      executables: 4,
      setuid: 0,
      setgid: 0,
      capabilities: 0,
      worldWritableFiles: 0,
      worldWritableDirectories: 0,
    },
    privileged: [],
    leftovers: [],
    secrets: [],
    gitDirectories: [],
    packageCaches: [],
    lfsPointers: [],
    notes: [],
  });
  expect(problems(inspection)).toBeNull();

  function blobOf(index: number) {
    const { reading, blob } = image.layers[index] ?? {};
    const tar = { size: reading?.tarSize, ...reading?.tarParts };
    return { diffId: reading?.diffId, digest: blob?.digest, compressedSize: blob?.size, tar, wastes: 0 };
  }
});

const token = "gh-5ecret/../x";

test.for<
  [string, string, readonly [user: string, directory: string], readonly [user: string, directory: string]]
>([
  [
    "shows no value of a variable",
    "ARG TOKEN\nWORKDIR /srv/$TOKEN\nUSER ${TOKEN}",
    [token, "/srv/x"],
    ["${TOKEN}", "/srv/$TOKEN"],
  ],
  [
    "shows no value above a relative directory",
    "ARG TOKEN\nENV DIR=/srv/$TOKEN\nWORKDIR $DIR\nWORKDIR app\nUSER app:$TOKEN",
    [`app:${token}`, "/srv/x/app"],
    ["app:$TOKEN", "$DIR/app"],
  ],
  [
    "shows literal values of the Dockerfile",
    "ARG TOKEN\nWORKDIR /old/$TOKEN\nWORKDIR /srv/gh-5\nWORKDIR app\nUSER gh-5ecret",
    ["gh-5ecret", "/srv/gh-5/app"],
    ["gh-5ecret", "/srv/gh-5/app"],
  ],
  ["hides values that a trigger of the base image wrote", "", [`u${token}`, `/srv/${token}`], ["***", "***"]],
  ["shows other values of the base image", "WORKDIR app", ["app", "/srv/app"], ["app", "/srv/app"]],
])("user and working directory: it %s", async ([, lines, [User, WorkingDir], [user, workingDirectory]]) => {
  const image = await readImage({
    layers: [[script("srv/x/run", "/bin/sh"), script("srv/x/app/run", "/bin/sh")]],
    config: { config: { User, WorkingDir, Cmd: ["./run"] } },
  });
  const inspection = inspect(image, contextOf(`FROM debian\n${lines}\n`), { confidential: ["", token] });
  expect(inspection).toMatchObject({ user, workingDirectory });
  // If the directory is not shown, paths in it are not shown either.
  if (workingDirectory !== WorkingDir) expect(inspection.program).toBeNull();
});

test("does not show user and working directory of a build with an unreadable Dockerfile, but those of other images", async () => {
  const image = await readImage({
    layers: [own],
    config: { config: { User: "5ecret", WorkingDir: "/srv/5ecret" } },
  });
  const of = (isBuilt: boolean, confidential: readonly string[]) => {
    const { user, workingDirectory } = inspect(image, null, { isBuilt, confidential });
    return [user, workingDirectory];
  };
  // `${TOKEN#gh-}` keeps a part of the value.
  expect(of(true, [token])).toEqual(["***", "***"]);
  expect(of(true, [""])).toEqual(["5ecret", "/srv/5ecret"]);
  expect(of(false, [token])).toEqual(["5ecret", "/srv/5ecret"]);
});

test("reports a repository in the image with its bytes and its layer", async () => {
  const repository = (at: string) => [
    directory(`${at}/.git`),
    file(`${at}/.git/HEAD`, "ref: refs/heads/main\n"),
    directory(`${at}/.git/objects`),
    file(`${at}/.git/objects/pack`, "x".repeat(1000)),
  ];
  const image = await readImage({
    layers: [
      repository("usr/lib/tool"),
      [
        ...repository("app"),
        file("app/.git/index", "12345"),
        directory("app/docs/.git"),
        file("srv/.git", "gitdir: x"),
      ],
      // git refreshes its index, and so changes the directory.
      [directory("app/.git"), file("app/.git/index", "1234567")],
      [...repository("gone")],
      [whiteout("gone/.git")],
    ],
  });
  const inspection = inspect(image);
  expect(inspection.gitDirectories).toEqual([
    { path: "/app/.git", bytes: 1028, layer: 1 },
    { path: "/usr/lib/tool/.git", bytes: 1021, layer: 0 },
  ]);
  expect(problems(inspection)).toBeNull();
});

test("shows no history that may contain values of this run", async () => {
  const text = "FROM debian:12\nARG TOKEN\nWORKDIR /srv/$TOKEN\nCOPY a /srv/$TOKEN\nRUN make\n";
  const made = [
    "debuerreotype",
    "COPY s3cret /triggered # buildkit",
    "WORKDIR /srv/s3cret",
    "COPY a /srv/s3cret # buildkit",
    "RUN |1 TOKEN=s3cret /bin/sh -c make # buildkit",
  ];
  const layers = made.map((_, index) => [file(`layer-${index}`, "x")]);
  const arg = { created_by: "ARG TOKEN=s3cret", empty_layer: true };
  const entries = made.map((created_by) => ({ created_by }));
  const history = [...entries.slice(0, 2), arg, ...entries.slice(2)];
  const image = await readImage({ layers, config: { history } });
  const context = contextOf(text);
  const step = { platform: "", operation: "", isClosedCommand: false };
  const record: BuildRecord = {
    frontend: null,
    ignoredCache: false,
    steps: [
      { ...step, image: "docker.io/library/debian:12", layers: [image.layers[0]?.reading.diffId ?? ""] },
    ],
  };
  const shown = (facts: BuildFacts | null) =>
    inspect(image, facts, { isBuilt: true }).layers.map(({ createdBy }) => createdBy);
  const own = ["WORKDIR /srv/$TOKEN", "COPY a /srv/$TOKEN", "RUN make"];
  expect(shown({ ...context, record })).toEqual(["debuerreotype", "COPY …", ...own]);
  // Without the builder's record, the base image's triggers may have created the lowest layers.
  expect(shown(context)).toEqual([null, "COPY …", ...own]);
  expect(shown(contextOf("FROM debian:12\nRUN other\n"))).toEqual([
    null,
    "COPY …",
    "WORKDIR …",
    "COPY …",
    "RUN …",
  ]);
  expect(shown(null)).toEqual([null, "COPY …", "WORKDIR …", "COPY …", "RUN …"]);
  expect(JSON.stringify(inspect(image, { ...context, record }, { isBuilt: true }))).not.toContain("s3cret");

  // For an existing image, only the history is available.
  expect(inspect(image).layers[3]?.createdBy).toBe("COPY a /srv/s3cret # buildkit");
});

test("inspects an image without a Dockerfile by its bytes", async () => {
  const whole = await readImage({ layers: [own], config: { history: [] } });
  const image = {
    ...whole,
    digest: null,
    metadataSize: null,
    layers: whole.layers.map((layer) => ({ ...layer, blob: null })),
  };
  const inspection = inspect(image);
  expect(inspection).toMatchObject({
    digest: null,
    pullSize: null,
    layers: [{ digest: null, compressedSize: null, createdBy: null, line: null, origin: "unknown" }],
    baseImage: null,
    stages: null,
    shells: [],
    distroless: { verdict: "yes", evidence: [] },
    family: null,
    user: null,
    entrypoint: null,
    command: null,
  });
  expect(problems(inspection)).toBeNull();
  const estimates = new Map(image.layers.map(({ reading }) => [reading.diffId, 1000]));
  const estimated = inspect(image, null, { estimates });
  expect(estimated.pullSize).toMatchObject({ bytes: 1000, exact: false });
  expect(problems(estimated)).toBeNull();
});

test("an empty image is distroless", async () => {
  const inspection = inspect(await readImage({ layers: [] }), contextOf("FROM scratch\nLABEL a=b\n"));
  expect(inspection).toMatchObject({
    size: 0,
    unpackedSize: 0,
    distroless: { verdict: "yes" },
    baseImage: { resolved: "scratch", digest: null },
  });
  expect(problems(inspection)).toBeNull();
});

test("names that are not UTF-8 match the schema", async () => {
  const path = Buffer.from([0xff, 0x2f, 0x73, 0x68]);
  const inspection = inspect(await readImage({ layers: [[program(path)]] }));
  expect(inspection.shells[0]?.pathBase64).toBe(Buffer.concat([Buffer.from("/"), path]).toString("base64"));
  expect(problems(inspection)).toBeNull();
});

test("notes what the specification forbids, with the unchanged first path", async () => {
  const layer = [
    file("a\u001b[31m", "1"),
    file("a\u001b[31m", "2"),
    file("b", "1"),
    file("b", "2"),
    file("../out", "x"),
    directory("d"),
    whiteout("d"),
    file("p", "x", { pax: { strange: "1" } }),
  ];
  expect(inspect(await readImage({ layers: [layer] })).notes).toEqual([
    "2 paths occur more than once in one layer, such as /a\u001b[31m. The last one counts; some engines refuse the image.",
    "1 path leads out of the root filesystem, such as /out. Image Audit reads it inside the root; some engines refuse the image.",
    "1 path has a nonstandard tar record, such as /p. Other programs may read it differently.",
    "1 path is both deleted and created in one layer, such as /d. Engines disagree about the content below.",
  ]);
});

test("an already merged filesystem gives the same result", async () => {
  const image = await readImage({ layers: [debian, [whiteout("bin/sh")]] });
  expect(inspect(image, null, { filesystem: mergeLayers(readingsOf(image)) })).toEqual(inspect(image));
});

test("the schema describes every key", () => {
  expect(undescribed(schema, "")).toEqual([]);
});

test("the schema refuses values that are not inspections", async () => {
  const inspection = inspect(await readImage({ layers: [debian] }));
  for (const wrong of [
    { ...inspection, size: -1 },
    { ...inspection, digest: "sha256:1" },
    { ...inspection, more: 1 },
    { ...inspection, shells: [{ ...inspection.shells[0], path: "bin/sh" }] },
  ]) {
    expect(validate(wrong)).toBe(false);
  }
});

// A scan of all entries for each entry would exceed the test's timeout.
test("inspects a filesystem of 300,000 entries", { timeout: 60_000 }, async () => {
  const image = await readImage({ layers: [[]] });
  const reading: LayerReading = {
    diffId: image.configDigest,
    size: 0,
    tarSize: 0,
    tarParts: { content: 0, headers: 0, padding: 0 },
    entries: EntryTable.of(manyEntries(300_000)),
    anomalies: [],
  };
  const inspection = inspect({ ...image, layers: [{ reading, blob: null }] });
  expect(inspection).toMatchObject({ unpackedSize: 225_000, shells: { length: 75 } });
});

/** Returns entries: three in four are files, one in four is a link to a file, and one in 4000 is a shell. */
function manyEntries(count: number): readonly LayerEntry[] {
  const base = { mode: 0o755, uid: 0, gid: 0, crc32: 0, modified: 0 };
  return Array.from({ length: count }, (_, index): LayerEntry => {
    const directory = `usr/lib/package-${Math.floor(index / 100)}/share`;
    if (index % 4 === 3) {
      return {
        ...base,
        path: `${directory}/link-${index}`,
        type: "symlink",
        size: 0,
        linkTarget: `file-${index - 1}`,
      };
    }
    const name = index % 4000 === 0 ? "sh" : `file-${index}`;
    return { ...base, path: `${directory}/${name}`, type: "file", size: 1, content: { format: "elf" } };
  });
}

function undescribed(node: unknown, path: string): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const here = `${path}/${key}`;
    if (key !== "properties") return undescribed(value, here);
    const missing = Object.entries(value as Record<string, { description?: string }>)
      .filter(([, property]) => !property.description)
      .map(([name]) => `${here}/${name}`);
    return [...missing, ...undescribed(value, here)];
  });
}

function sum(members: readonly TarMember[]): number {
  return members.reduce((total, { content = "" }) => total + Buffer.from(content as string).length, 0);
}

test("finds Git LFS pointers that a later layer deletes, and lists those of the base image last", async () => {
  const text = `version https://git-lfs.github.com/spec/v1\noid sha256:${"4".repeat(64)}\nsize 7000000\n`;
  const pointers = Array.from({ length: 12 }, (_, index) => file(`base/${index}`, text));
  const layers = [pointers, [file("srv/model", text)], [whiteout("srv/model")]];
  const image = await readImage({ layers });
  const record: BuildRecord = {
    frontend: null,
    ignoredCache: false,
    steps: [
      {
        image: "docker.io/library/debian:12",
        platform: "linux/amd64",
        operation: "",
        isClosedCommand: false,
        layers: image.layers.slice(0, 1).map(({ reading }) => reading.diffId),
      },
    ],
  };
  const context = contextOf("FROM debian:12\nCOPY model /srv/model\nRUN rm /srv/model\n");
  const { lfsPointers, notes } = inspect(image, { ...context, record }, { isBuilt: true });
  expect(lfsPointers).toHaveLength(10);
  expect(lfsPointers[0]).toEqual({ path: "/srv/model", layer: 1 });
  expect(lfsPointers[1]).toEqual({ path: "/base/0", layer: 0 });
  expect(notes.join()).toContain("12 more files are Git LFS pointers");
});
