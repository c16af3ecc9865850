import { readFile, stat } from "node:fs/promises";
import { type BuildMetadata, noMetadata, parseBuildMetadata } from "./metadata.ts";

/**
 * Reads the file that buildx wrote for `--metadata-file`. All of it is optional: what is missing or
 * unexpected becomes null or empty. The file contains build arguments and possibly the workflow's event, so
 * it is never shown.
 */
export async function readBuildMetadata(path: string): Promise<BuildMetadata> {
  const size = await stat(path).then(
    (file) => file.size,
    () => null,
  );
  if (size === null || size > maxBytes) return noMetadata;
  return parseBuildMetadata(await readFile(path, "utf8"));
}

/** Provenance lists every step, and has a few MiB for a large build. */
const maxBytes = 64 * 1024 * 1024;
