import type { Descriptor, Manifest } from "./manifest.ts";
import { isImageConfig } from "./media-type.ts";

/**
 * What a manifest is of, where that is no image: its config says so (image-spec manifest.md, "Guidelines for Artifact Usage"). A
 * descriptor's artifactType says nothing: tools set it to the media type of an image's config as well. Null: it is an image.
 */
export function artifactOf({ config, artifactType, layers }: Manifest): string | null {
  if (!isImageConfig(config.mediaType)) return named(artifactType ?? config.mediaType);
  // Attestations and signatures have an image's config, over statements that are JSON, which no layer is.
  const [first] = layers;
  const isOfStatements = layers.every(({ mediaType }) => mediaType.endsWith("json"));
  return first !== undefined && isOfStatements ? named(first.mediaType) : null;
}

/** Whether a descriptor is of something that is attached to an image, and is none. */
export function isAttachment({ annotations, platform }: Descriptor): boolean {
  return (
    annotations.get("vnd.docker.reference.type") === "attestation-manifest" ||
    (platform?.os === "unknown" && platform.architecture === "unknown")
  );
}

function named(type: string): string {
  return `${names.get(type) ?? "an artifact"} (${JSON.stringify(type)})`;
}

const names: ReadonlyMap<string, string> = new Map([
  ["application/vnd.cncf.helm.config.v1+json", "a Helm chart"],
  ["application/vnd.docker.plugin.v1+json", "a plugin of Docker's"],
  ["application/vnd.docker.attestation.manifest.v1+json", "an attestation"],
  ["application/vnd.in-toto+json", "an attestation"],
  ["application/vnd.dev.cosign.simplesigning.v1+json", "a signature"],
]);
