import * as v from "valibot";
import { type BuildRecord, readBuildRecord } from "../../dockerfile/build-record/build-record.ts";
import { type Digest, isDigest } from "../../oci/digest.ts";
import { formatReference, parseReference } from "../../oci/reference.ts";

/** An image that a build pulled. The reference is normalized, such as docker.io/library/golang:1.24. */
export interface Material {
  readonly reference: string;
  readonly digest: Digest;
}

export interface BuildMetadata {
  readonly configDigest: Digest | null;
  readonly materials: readonly Material[];
  /** the files that were built, under the builder's names for them; empty if it recorded none */
  readonly recorded: readonly BuildSource[];
  /** null if there is none, or if there are several platforms */
  readonly record: BuildRecord | null;
}

export interface BuildSource {
  readonly name: string;
  readonly bytes: Buffer;
}

export function parseBuildMetadata(text: string): BuildMetadata {
  const metadata = v.safeParse(metadataSchema, JSON.parse(text));
  if (!metadata.success) return noMetadata;
  const digest = metadata.output["containerimage.config.digest"];
  // For one platform there is one key; for several, a key with `…/os/arch` for each.
  const provenances = Object.entries(metadata.output).filter(([key]) =>
    /^buildx\.build\.provenance(\/|$)/.test(key),
  );
  const materials = new Map<string, Material>();
  for (const [, provenance] of provenances) {
    for (const { uri, digest } of materialsOf(provenance)) {
      const reference = referenceOf(uri);
      const sha256 = `sha256:${digest.sha256}`;
      if (reference !== null && isDigest(sha256)) materials.set(reference, { reference, digest: sha256 });
    }
  }
  const [only, ...others] = provenances;
  return {
    configDigest: isDigest(digest) ? digest : null,
    materials: [...materials.values()],
    recorded: provenances.flatMap(([, provenance]) => sourcesOf(provenance)),
    record: only === undefined || others.length > 0 ? null : readBuildRecord(only[1]),
  };
}

export const noMetadata: BuildMetadata = { configDigest: null, materials: [], recorded: [], record: null };

const metadataSchema = v.record(v.string(), v.unknown());

const listSchema = v.array(
  v.object({ uri: v.string(), digest: v.optional(v.object({ sha256: v.optional(v.string()) }), {}) }),
);

/** SLSA 0.2 has `materials`; since 1.0 they are `buildDefinition.resolvedDependencies`. */
const provenanceSchema = v.union([
  v.pipe(
    v.object({ materials: listSchema }),
    v.transform(({ materials }) => materials),
  ),
  v.pipe(
    v.object({ buildDefinition: v.object({ resolvedDependencies: listSchema }) }),
    v.transform(({ buildDefinition }) => buildDefinition.resolvedDependencies),
  ),
]);

const recordSchema = v.object({
  source: v.object({ infos: v.array(v.object({ filename: v.string(), data: v.optional(v.string(), "") })) }),
});

/** The record of a build in both versions of provenance (moby/buildkit solver/llbsolver/provenance/types). */
const recordedSchema = v.union([
  v.pipe(
    v.object({ metadata: v.object({ "https://mobyproject.org/buildkit@v1#metadata": recordSchema }) }),
    v.transform(({ metadata }) => metadata["https://mobyproject.org/buildkit@v1#metadata"]),
  ),
  v.pipe(
    v.object({ runDetails: v.object({ metadata: v.object({ buildkit_metadata: recordSchema }) }) }),
    v.transform(({ runDetails }) => runDetails.metadata.buildkit_metadata),
  ),
]);

function sourcesOf(provenance: unknown): readonly BuildSource[] {
  const parsed = v.safeParse(recordedSchema, provenance);
  if (!parsed.success) return [];
  return parsed.output.source.infos.map(({ filename, data }) => ({
    name: filename,
    bytes: Buffer.from(data, "base64"),
  }));
}

function materialsOf(provenance: unknown): v.InferOutput<typeof listSchema> {
  const parsed = v.safeParse(provenanceSchema, provenance);
  return parsed.success ? parsed.output : [];
}

/**
 * Converts `pkg:docker/golang@1.24?platform=linux%2Famd64` (package-url, type docker) to
 * docker.io/library/golang:1.24.
 */
function referenceOf(uri: string): string | null {
  const parts = /^pkg:docker\/([^@?#]+)(?:@([^?#]*))?(?:\?([^#]*))?$/.exec(uri);
  if (parts?.[1] === undefined) return null;
  try {
    const name = decodeURIComponent(parts[1]);
    const version = decodeURIComponent(parts[2] ?? "");
    const pinned = new URLSearchParams(parts[3] ?? "").get("digest");
    const isVersionDigest = isDigest(version);
    const tag = version === "" || isVersionDigest ? "" : `:${version}`;
    const digest = isVersionDigest ? `@${version}` : pinned === null ? "" : `@${pinned}`;
    const reference = parseReference(`${name}${tag}${digest}`);
    return reference === null ? null : formatReference(reference);
  } catch {
    return null;
  }
}
