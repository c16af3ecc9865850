import { formatReference, parseReference } from "../../oci/reference.ts";
import type { Descriptor } from "./manifest.ts";

/** The names of one of several images. */
export interface Named {
  /** exactly as in the source */
  readonly names: readonly string[];
  /** another way to select the image; null if unknown */
  readonly digest: string | null;
}

/**
 * Returns the images that a name selects. Prefers an exact match, as podman, skopeo and crane do. Otherwise
 * compares normalised names, with what Docker adds, such as `docker.io/library/` and `:latest`. `@1` selects
 * the second image, as in skopeo.
 */
export function named<Image extends Named>(images: readonly Image[], name: string): readonly Image[] {
  const index = /^@(\d{1,6})$/.exec(name)?.[1];
  if (index !== undefined) return images.slice(Number(index), Number(index) + 1);
  const [, wantedDigest = name] = /@(sha\d+:.+)$/.exec(name) ?? [];
  const exact = images.filter(({ names, digest }) => names.includes(name) || digest === wantedDigest);
  if (exact.length > 0) return exact;
  return images.filter(({ names }) => names.some((candidate) => isSameName(candidate, name)));
}

/**
 * Returns for each image a name that selects only this image in `named`: its first unique name, or its
 * position.
 */
export function tellingNames(images: readonly Named[]): readonly string[] {
  const count = (name: string) => images.filter(({ names }) => names.includes(name)).length;
  return images.map(({ names }, index) => names.find((name) => count(name) === 1) ?? `@${index}`);
}

/** Adds the names in an index's annotations: containerd's is a full name, OCI's often only a tag. */
export function namesInIndex(descriptors: readonly Descriptor[]): readonly (Named & Descriptor)[] {
  return descriptors.map((descriptor) => ({
    ...descriptor,
    names: ["io.containerd.image.name", "org.opencontainers.image.ref.name"]
      .map((key) => descriptor.annotations.get(key) ?? "")
      .filter((name) => name !== ""),
  }));
}

/** Names of images that a message shows. */
export const maxListed = 20;

/** Reports whether two names mean the same image, such as `app` and `docker.io/library/app:latest`. */
function isSameName(a: string, b: string): boolean {
  if (a === b) return true;
  const [referenceA, referenceB] = [parseReference(a), parseReference(b)];
  return (
    referenceA !== null && referenceB !== null && formatReference(referenceA) === formatReference(referenceB)
  );
}
