import { posix, win32 } from "node:path";

/**
 * Returns the default directory of layer readings, below the user's cache directory: according to the XDG
 * Base Directory Specification, Apple's File System Programming Guide, or Windows' known folders. Null if the
 * environment names none.
 */
export function defaultReadingDirectory(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const { join, isAbsolute } = platform === "win32" ? win32 : posix;
  const below = (parent: string | undefined, ...names: readonly string[]) =>
    parent !== undefined && isAbsolute(parent) ? join(parent, ...names, "image-audit", "readings") : null;
  switch (platform) {
    case "win32":
      return below(env["LOCALAPPDATA"]);
    case "darwin":
      return below(env["HOME"], "Library", "Caches");
    default:
      // The specification says to ignore a relative XDG_CACHE_HOME.
      return below(env["XDG_CACHE_HOME"]) ?? below(env["HOME"], ".cache");
  }
}
