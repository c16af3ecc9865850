import { cleanPath } from "../../image/path.ts";

/** Resolves a path. @returns null if it is relative to an unknown directory */
export function absolute(path: string, directory: string | null): string | null {
  if (path.startsWith("/")) return `/${cleanPath(path).path}`;
  return directory === null ? null : `/${cleanPath(`${directory}/${path}`).path}`;
}
