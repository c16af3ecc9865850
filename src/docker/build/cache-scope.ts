import { createHash } from "node:crypto";

/** The builds that may share the cache mounts of a persistent builder. */
export interface CacheScope {
  readonly repository: string;
  /** what the head belongs to, such as a pull request */
  readonly change: string;
}

/**
 * Returns the namespace of a build's cache mounts (BUILDKIT_CACHE_MOUNT_NS). Later heads of the same change
 * read what a head writes there; a base never does.
 *
 * The slash in the namespace keeps the layer cache effective. BuildKit omits a mount's name from a step's
 * cache key, so an unchanged step of the other side is a cache hit. Only a name that equals
 * `<namespace>/<target>` stays in the key, and BuildKit takes everything before the first slash for the
 * namespace (moby/buildkit solver/llbsolver/ops/exec.go, checkShouldClearCacheOpts; since 0.13).
 */
export function cacheNamespace({ repository, change }: CacheScope, side: "head" | "base"): string {
  const owner = JSON.stringify(side === "base" ? [repository] : [repository, change]);
  return `image-audit/${createHash("sha256").update(owner).digest("hex").slice(0, 32)}`;
}
