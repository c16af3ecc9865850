import { createHash } from "node:crypto";
import type { BuildRecord } from "../../src/dockerfile/build-record/build-record.ts";
import type { Filesystem } from "../../src/image/filesystem/filesystem.ts";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import type { LayerEntry } from "../../src/image/layer/entry.ts";
import { atOnce } from "../../src/image/work.ts";
import type {
  BuildTool,
  InspectedLayer,
  Inspection,
  PackageManager,
  Shell,
} from "../../src/inspect/inspection.ts";
import type { Package } from "../../src/inspect/packages/package.ts";
import { measuringPaths } from "../../src/inspect/path-sizes.ts";
import type { Start } from "../../src/inspect/start/start.ts";
import type { Waste, WasteCause } from "../../src/inspect/waste.ts";
import type { Digest } from "../../src/oci/digest.ts";
import type { Audit, AuditedImage } from "../../src/policy/audit-record.ts";
import { type MissingBase, worst } from "../../src/policy/finding.ts";
import { judge } from "../../src/policy/judge.ts";
import { pathMatchers } from "../../src/policy/path-matchers.ts";
import { type Policy, policyOf, withDefaults } from "../../src/policy/policy.ts";
import { compare } from "./at-once.ts";
import { fileEntry, madeUpReading } from "./reading.ts";

/** Returns the digest of a text, to invent digests. */
export function digestOf(text: string): Digest {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** Returns one layer. Its diff ID is derived from `id`, or else from its instruction and size. */
export function layer(
  createdBy: string,
  size: number,
  overrides: Partial<InspectedLayer> & { readonly id?: string } = {},
): InspectedLayer {
  const { id = `${createdBy} ${size}`, ...rest } = overrides;
  return {
    diffId: digestOf(id),
    digest: null,
    size,
    tar: { size: size + 2048, content: size, headers: 1024, padding: 1024 },
    compressedSize: null,
    wastes: 0,
    createdBy,
    line: null,
    origin: "own",
    ...rest,
  };
}

/** Returns the layers of a base image. */
export function baseLayers(name: string, ...sizes: readonly number[]): readonly InspectedLayer[] {
  return sizes.map((size, index) =>
    layer(`/bin/sh -c #(nop) ADD file:${index} in / `, size, {
      id: `${name} ${index}`,
      origin: "base-image",
    }),
  );
}

/**
 * Returns a builder's record of an image that was built without cache. The base image's step has the base
 * image's layers. A step for each other layer has the text of its instruction, and is a closed command if
 * `closed` matches.
 */
export function recordOf(
  { layers, baseImage }: Inspection,
  { closed = /^RUN /, ...overrides }: Partial<BuildRecord> & { readonly closed?: RegExp } = {},
): BuildRecord {
  const digests = layers.map(({ diffId }) => diffId);
  const below = layers.filter(({ origin }) => origin === "base-image").length;
  const step = { image: null, platform: "linux/amd64", operation: "", isClosedCommand: false };
  return {
    frontend: null,
    ignoredCache: true,
    steps: [
      { ...step, image: baseImage?.resolved ?? null, layers: digests.slice(0, below) },
      ...layers.slice(below).map(({ createdBy }, index) => ({
        ...step,
        operation: createdBy ?? "",
        isClosedCommand: closed.test(createdBy ?? ""),
        layers: digests.slice(0, below + index + 1),
      })),
    ],
    ...overrides,
  };
}

/** Returns two images that this run built without cache. */
export function built(head: Inspection, base: Inspection) {
  return { head, base, records: { head: recordOf(head), base: recordOf(base) } };
}

export function shell(path: string, overrides: Partial<Shell> = {}): Shell {
  return {
    path,
    reason: "name",
    certainty: "certain",
    kind: path.slice(path.lastIndexOf("/") + 1),
    ...overrides,
  };
}

export function packageManager(path: string): PackageManager {
  return { path, name: path.slice(path.lastIndexOf("/") + 1) };
}

/** Returns a package as dpkg records it. @param size bytes */
export function debianPackage(name: string, version: string, size = 100_000): Package {
  return {
    type: "deb",
    name,
    version,
    architecture: "amd64",
    size,
    path: "/var/lib/dpkg/status",
    purl: `pkg:deb/ubuntu/${name}@${version}?arch=amd64&distro=ubuntu-24.04`,
  };
}

export function buildTool(path: string, overrides: Partial<BuildTool> = {}): BuildTool {
  return {
    ...packageManager(path),
    kind: "package-manager",
    isUsed: false,
    bytes: 1,
    layer: 0,
    ...overrides,
  };
}

/** Returns the proof of a static program. With problems, it cannot start. */
export function startOf(verdict: Start["verdict"], overrides: Partial<Start> = {}): Start {
  const path = "/calculator";
  return {
    verdict,
    command: [path],
    chain: [{ kind: "program", path, neededBy: null, needs: path, isFound: true }],
    problems: [],
    unproven: [],
    hints: [],
    ...overrides,
  };
}

/**
 * Returns an inspection with the size of its layers. It is distroless unless it has shells or package
 * managers.
 */
export function inspection(overrides: Partial<Inspection> = {}): Inspection {
  const layers = overrides.layers ?? [
    layer("COPY /calculator /calculator # buildkit", 1_830_000, { line: 8 }),
  ];
  const shells = overrides.shells ?? [];
  const packageManagers = overrides.packageManagers ?? [];
  const size = layers.reduce((sum, { size }) => sum + size, 0);
  const evidence = [
    ...shells.map(({ path, kind }) => ({ kind: "shell" as const, path, detail: kind })),
    ...packageManagers.map(({ path, name }) => ({ kind: "package-manager" as const, path, detail: name })),
  ];
  return {
    schemaVersion: 1,
    platform: "linux/amd64",
    digest: null,
    // The size of a tar follows from the rest.
    configDigest: digestOf(JSON.stringify(layers.map(({ tar: _, wastes: __, ...layer }) => layer))),
    size,
    unpackedSize: size,
    waste: noWaste,
    pullSize: null,
    layers,
    baseImage: { written: "scratch", resolved: "scratch", digest: null },
    stages: { declared: 2, reachable: 2, inherits: false },
    unusedStages: [],
    sources: [],
    shells,
    packageManagers,
    buildTools: [],
    distroless: { verdict: evidence.length > 0 ? "no" : "yes", evidence },
    packages: [],
    packagesUnread: [],
    family: null,
    imageFamily: null,
    user: "65532",
    runsAs: { isRoot: false, uid: 65532, isInRootGroup: true, unknown: null },
    workingDirectory: "/",
    entrypoint: ["/calculator"],
    command: null,
    program: null,
    start: startOf("yes"),
    surface: {
      executables: 1,
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
    ...overrides,
  };
}

/** Returns an inspection whose layers waste what the causes say. */
export function wasting(
  layers: readonly InspectedLayer[],
  causes: Waste["causes"],
  files: Waste["files"] = [],
  duplicates: Waste["duplicates"] = noWaste.duplicates,
): Inspection {
  const bytesOf = (belongs: (cause: WasteCause) => boolean) =>
    causes.filter(belongs).reduce((sum, { bytes }) => sum + bytes, 0);
  const size = layers.reduce((sum, layer) => sum + layer.size, 0);
  const bytes = bytesOf(() => true);
  return inspection({
    layers: layers.map((layer, index) => ({
      ...layer,
      wastes: bytesOf(({ wastedBy }) => wastedBy === index),
    })),
    unpackedSize: size - bytes,
    waste: {
      bytes,
      overwritten: bytesOf(({ kind }) => kind === "overwritten"),
      deleted: bytesOf(({ kind }) => kind === "deleted"),
      metadataOnly: bytesOf(({ kind }) => kind === "metadata-only"),
      causes,
      files,
      duplicates,
      dive: { efficiency: (size - bytes) / size, wastedBytes: 2 * bytes },
    },
  });
}

export const noWaste: Waste = {
  bytes: 0,
  overwritten: 0,
  deleted: 0,
  metadataOnly: 0,
  causes: [],
  files: [],
  duplicates: { bytes: 0, largest: [] },
  dive: { efficiency: 1, wastedBytes: 0 },
};

/** Returns a filesystem of files: path without the leading slash → size in bytes and index of the layer. */
export function filesystem(
  files: Readonly<Record<string, readonly [size: number, layer: number]>>,
): Filesystem {
  const layers: LayerEntry[][] = [];
  for (const [path, [size, layer]] of Object.entries(files)) {
    while (layers.length <= layer) layers.push([]);
    layers[layer]?.push({ ...fileEntry(path), size });
  }
  return mergeLayers(layers.map(madeUpReading));
}

/** The parts of an audited image. */
export interface ImageParts {
  readonly name?: string;
  readonly head: Inspection;
  readonly base?: Inspection;
  readonly baseMissing?: MissingBase;
  readonly headFiles?: Filesystem;
  readonly baseFiles?: Filesystem;
  readonly records?: { readonly head: BuildRecord; readonly base: BuildRecord };
  /** in the syntax of inputs */
  readonly policy?: Readonly<Record<string, string>>;
}

/** Compares and judges one image with the real code. */
export function auditedImage(parts: ImageParts): AuditedImage {
  const { head, base, headFiles = filesystem({}), baseFiles = filesystem({}), records } = parts;
  const comparison =
    base === undefined
      ? null
      : compare(
          { inspection: head, filesystem: headFiles, record: records?.head ?? null },
          { inspection: base, filesystem: baseFiles, record: records?.base ?? null },
        );
  const policies = policy(parts.policy ?? {});
  const pathSizes = atOnce(measuringPaths(headFiles, pathMatchers(policies)));
  const subject = {
    head,
    base: base ?? null,
    baseMissing: parts.baseMissing ?? null,
    comparison,
    ...(pathSizes.length === 0 ? {} : { pathSizes }),
  };
  const { used: _, ...judgement } = judge(subject, policies);
  return {
    name: parts.name ?? "calculator",
    platform: head.platform,
    dockerfile: "Dockerfile",
    ...subject,
    ...judgement,
  };
}

/** Returns what holds with these inputs and no policy file. */
export function policy(inputs: Readonly<Record<string, string>>): readonly Policy[] {
  return withDefaults([policyOf(new Map(Object.entries(inputs)), { kind: "inputs" })]);
}

export function audit(images: readonly AuditedImage[], overrides: Partial<Audit> = {}): Audit {
  return {
    schemaVersion: 1,
    tool: { name: "image-audit", version: "1.0.0" },
    verdict: worst(images.map(({ verdict }) => verdict)),
    headCommit: "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432",
    baseCommit: "1a2b3c4d5e6f708192a3b4c5d6e7f80912345678",
    baseName: "main",
    images,
    notes: [],
    ...overrides,
  };
}
