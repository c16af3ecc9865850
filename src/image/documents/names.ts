import { formatReference, parseReference } from "../../oci/reference.ts";
import type { Descriptor } from "./manifest.ts";

/** An image among several, by what it may be called. */
export interface Named {
  /** as they are written where the image is */
  readonly names: readonly string[];
  /** another way to say which one; null: there is none */
  readonly digest: string | null;
}

/**
 * Those of several that a name means: written just so, as podman, skopeo and crane take it; else with what Docker adds to a name, such
 * as `docker.io/library/` and `:latest`. `@1` is the second one, as in skopeo.
 */
export function named<Image extends Named>(images: readonly Image[], name: string): readonly Image[] {
  const index = /^@(\d{1,6})$/.exec(name)?.[1];
  if (index !== undefined) return images.slice(Number(index), Number(index) + 1);
  const [, ofDigest = name] = /@(sha\d+:.+)$/.exec(name) ?? [];
  const exact = images.filter(({ names, digest }) => names.includes(name) || digest === ofDigest);
  if (exact.length > 0) return exact;
  return images.filter(({ names }) => names.some((given) => isSameName(given, name)));
}

/** For each of several images, what `named` knows it by, and it alone: its most telling name, or its place. */
export function tellingNames(images: readonly Named[]): readonly string[] {
  const count = (name: string) => images.filter(({ names }) => names.includes(name)).length;
  return images.map(({ names }, index) => names.find((name) => count(name) === 1) ?? `@${index}`);
}

/** What an index calls its images: containerd's annotation has a whole name, OCI's often a tag alone. */
export function namesInIndex(descriptors: readonly Descriptor[]): readonly (Named & Descriptor)[] {
  return descriptors.map((descriptor) => ({
    ...descriptor,
    names: ["io.containerd.image.name", "org.opencontainers.image.ref.name"]
      .map((key) => descriptor.annotations.get(key) ?? "")
      .filter((name) => name !== ""),
  }));
}

/** Some of many, for a message. */
export function listed(names: readonly string[], asWritten: (name: string) => string): string {
  const shown = names.slice(0, most).map(asWritten).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

const most = 20;

/** Whether two names mean the same image, as `app` and `docker.io/library/app:latest` do. */
function isSameName(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [parseReference(a), parseReference(b)];
  return one !== null && other !== null && formatReference(one) === formatReference(other);
}
