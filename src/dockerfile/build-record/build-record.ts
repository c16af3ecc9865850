import { createHash } from "node:crypto";
import * as v from "valibot";
import { stepsAlone } from "./build-order.ts";

/**
 * What BuildKit recorded about one build. It is BuildKit's own account and does not depend on how we read the
 * Dockerfile. Build arguments are part of it, so only hashes of the operations leave this file.
 */
export interface BuildRecord {
  /** the image of the frontend that read the Dockerfile; null = BuildKit's built-in one */
  readonly frontend: string | null;
  /** whether every step ran, without the cache */
  readonly ignoredCache: boolean;
  readonly steps: readonly BuildStep[];
}

export interface BuildStep {
  /** the image that the step loads, with its digest if BuildKit knew it; null if it loads none */
  readonly image: string | null;
  /** `os/architecture[/variant]`; empty if the step has none */
  readonly platform: string;
  /** hash of the whole operation: command, environment, directory, user, network, mounts, platform */
  readonly operation: string;
  /** whether the step is a command whose only inputs are the layers below it and servers outside the build */
  readonly isClosedCommand: boolean;
  /** digests up to the step's own layer, lowest first: of blobs, or of layers if there are no blobs */
  readonly layers: readonly string[];
}

/**
 * Reads a provenance of mode max, in SLSA 0.2 or 1. Null if it is something else, or has an unexpected form.
 * @param provenance the builder's JSON, parsed
 */
export function readBuildRecord(provenance: unknown): BuildRecord | null {
  const parsed = v.safeParse(provenanceSchema, provenance);
  if (!parsed.success) return null;
  const { request, definition, layers } = parsed.output;
  const { frontend, args } = request;
  const source = args["source"] ?? null;
  const isKnown =
    frontend === "dockerfile.v0" ? source === null : frontend === "gateway.v0" && source !== null;
  if (!isKnown) return null;
  const alone = stepsAlone(
    definition.map(({ id, op, inputs }) => ({ id, inputs, isReachable: !v.is(unreachableSchema, op.Op) })),
  );
  return {
    frontend: source,
    // With a value, it applies only to the stages that the value names.
    ignoredCache: args["no-cache"] === "",
    steps: definition.flatMap(({ id, op }): readonly BuildStep[] => {
      const [chain, ...others] = layers[`${id}:0`] ?? [];
      if (chain === undefined || others.length > 0) return [];
      return [
        {
          image: imageOf(op.Op),
          platform: platformOf(op),
          operation: createHash("sha256").update(JSON.stringify(op)).digest("hex"),
          isClosedCommand:
            v.is(closedCommandSchema, op.Op) && (alone.has(id) || v.is(unreachableSchema, op.Op)),
          layers: chain.map(({ digest }) => digest),
        },
      ];
    }),
  };
}

const requestSchema = v.object({
  frontend: v.string(),
  args: v.optional(v.record(v.string(), v.string()), {}),
});

/** Operations are kept whole: fields that a later BuildKit adds count, too. */
const definitionSchema = v.array(
  v.object({
    id: v.string(),
    op: v.looseObject({ Op: v.record(v.string(), v.unknown()) }),
    inputs: v.optional(v.array(v.string()), []),
  }),
);

/** Chains of layers by `<step>:<output>`. A builder may list several for one output. */
const layersSchema = v.optional(v.record(v.string(), v.array(v.array(v.object({ digest: v.string() })))), {});

const metadataOf02 = "https://mobyproject.org/buildkit@v1#metadata";

/** buildkit solver/llbsolver/provenance/types */
const provenanceSchema = v.union([
  v.pipe(
    v.object({
      invocation: v.object({ parameters: requestSchema }),
      buildConfig: v.object({ llbDefinition: definitionSchema }),
      metadata: v.object({ [metadataOf02]: v.object({ layers: layersSchema }) }),
    }),
    v.transform(({ invocation, buildConfig, metadata }) => ({
      request: invocation.parameters,
      definition: buildConfig.llbDefinition,
      layers: metadata[metadataOf02]?.layers ?? {},
    })),
  ),
  v.pipe(
    v.object({
      buildDefinition: v.object({
        externalParameters: v.object({ request: requestSchema }),
        internalParameters: v.object({ buildConfig: v.object({ llbDefinition: definitionSchema }) }),
      }),
      runDetails: v.object({
        metadata: v.object({ buildkit_metadata: v.object({ layers: layersSchema }) }),
      }),
    }),
    v.transform(({ buildDefinition, runDetails }) => ({
      request: buildDefinition.externalParameters.request,
      definition: buildDefinition.internalParameters.buildConfig.llbDefinition,
      layers: runDetails.metadata.buildkit_metadata.layers,
    })),
  ),
]);

function platformOf(operation: unknown): string {
  const parsed = v.safeParse(platformSchema, operation);
  if (!parsed.success) return "";
  const { OS, Architecture, Variant } = parsed.output.platform;
  return [OS, Architecture, Variant].filter((part) => part !== undefined).join("/");
}

const platformSchema = v.object({
  platform: v.object({ OS: v.string(), Architecture: v.string(), Variant: v.optional(v.string()) }),
});

const sourceSchema = v.object({ source: v.object({ identifier: v.string() }) });

const imagePrefix = "docker-image://";

function imageOf(operation: Readonly<Record<string, unknown>>): string | null {
  const parsed = v.safeParse(sourceSchema, operation);
  const identifier = parsed.success ? parsed.output.source.identifier : "";
  return identifier.startsWith(imagePrefix) ? identifier.slice(imagePrefix.length) : null;
}

/** From pb.NetMode: 0 (omitted) is the builder's network, 1 the host's, 2 none. */
const noNetwork = v.literal(2);

/** An operation that runs nothing, or runs without a network. An unknown operation may run something. */
const unreachableSchema = v.union([
  v.strictObject({}),
  ...["source", "file", "merge", "diff"].map((kind) => v.strictObject({ [kind]: v.unknown() })),
  v.strictObject({ exec: v.looseObject({ network: noNetwork }) }),
]);

/**
 * A command whose only mount is its root, without secrets and devices. It is not on the host's network, where
 * it could reach services that are not part of the build. Any unknown field makes it another kind of command
 * (buildkit solver/pb/ops.proto).
 */
const closedCommandSchema = v.strictObject({
  exec: v.strictObject({
    meta: v.looseObject({}),
    mounts: v.strictTuple([v.strictObject({ dest: v.literal("/") })]),
    network: v.optional(noNetwork),
  }),
});
