import type { Descriptor, Manifest } from "./manifest.ts";
import { isImageConfig } from "./media-type.ts";

/**
 * Describes the artifact that a manifest is for; null if it is for an image. The config's media type decides
 * (image-spec manifest.md, "Guidelines for Artifact Usage"). A descriptor's artifactType does not: tools also
 * set it to the media type of an image config.
 */
export function artifactOf({ config, artifactType, layers }: Manifest): string | null {
  if (!isImageConfig(config.mediaType)) return describe(artifactType ?? config.mediaType);
  // Attestations and signatures have an image config, but their "layers" are JSON statements.
  const [first] = layers;
  const isOfStatements = layers.every(({ mediaType }) => mediaType.endsWith("json"));
  return first !== undefined && isOfStatements ? describe(first.mediaType) : null;
}

/** Reports whether a descriptor is of something attached to an image, such as an attestation. */
export function isAttachment({ annotations, platform }: Descriptor): boolean {
  return (
    annotations.get("vnd.docker.reference.type") === "attestation-manifest" ||
    (platform?.os === "unknown" && platform.architecture === "unknown")
  );
}

function describe(type: string): string {
  return `${names.get(type) ?? "an artifact"} (${JSON.stringify(type)})`;
}

const names: ReadonlyMap<string, string> = new Map([
  ["application/vnd.cncf.helm.config.v1+json", "a Helm chart"],
  ["application/vnd.docker.plugin.v1+json", "a Docker plugin"],
  ["application/vnd.docker.attestation.manifest.v1+json", "an attestation"],
  ["application/vnd.in-toto+json", "an attestation"],
  ["application/vnd.dev.cosign.simplesigning.v1+json", "a signature"],
]);
