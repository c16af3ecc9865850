import { createHash } from "node:crypto";

/** Whose builds may share the cache mounts of a builder that is kept. */
export interface CacheScope {
  readonly repository: string;
  /** what the head is of, such as a pull request */
  readonly change: string;
}

/**
 * The namespace of a build's cache mounts (BUILDKIT_CACHE_MOUNT_NS): what a head writes there is read by later heads of the same
 * change, and by no base.
 *
 * The slash in it keeps the cache of layers whole. BuildKit leaves a mount's name out of what a step's result is found by, so that
 * an unchanged step of the other side is a cache hit; the name `<namespace>/<target>` alone it leaves in, and takes all before
 * the first slash for the namespace (moby/buildkit solver/llbsolver/ops/exec.go, checkShouldClearCacheOpts; since 0.13).
 */
export function cacheNamespace({ repository, change }: CacheScope, side: "head" | "base"): string {
  const whose = JSON.stringify(side === "base" ? [repository] : [repository, change]);
  return `image-audit/${createHash("sha256").update(whose).digest("hex").slice(0, 32)}`;
}
