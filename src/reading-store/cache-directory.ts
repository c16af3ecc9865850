import { posix, win32 } from "node:path";

/**
 * Where a user's machine keeps what can be made again: by the XDG Base Directory Specification, Apple's File System
 * Programming Guide, and Windows' known folders. Null: the environment names no such place.
 */
export function defaultReadingDirectory(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const { join, isAbsolute } = platform === "win32" ? win32 : posix;
  const below = (place: string | undefined, ...names: readonly string[]) =>
    place !== undefined && isAbsolute(place) ? join(place, ...names, "image-audit", "readings") : null;
  switch (platform) {
    case "win32":
      return below(env["LOCALAPPDATA"]);
    case "darwin":
      return below(env["HOME"], "Library", "Caches");
    default:
      // A relative XDG_CACHE_HOME is to be ignored, says the specification.
      return below(env["XDG_CACHE_HOME"]) ?? below(env["HOME"], ".cache");
  }
}
