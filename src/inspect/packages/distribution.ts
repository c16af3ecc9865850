import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import { osRelease } from "../os-release.ts";

/** The distribution that an image calls itself (os-release(5)). */
export interface Distribution {
  /** ID, such as debian */
  readonly id: string;
  /** VERSION_ID, such as 12; null for a distribution without versions */
  readonly version: string | null;
}

/** Returns null if the image does not say it, or not in the characters that os-release(5) allows. */
export function distributionOf(filesystem: Filesystem): Distribution | null {
  const id = osRelease(filesystem, "ID");
  const version = osRelease(filesystem, "VERSION_ID");
  if (id === null || !isName(id)) return null;
  return { id, version: version !== null && isName(version) ? version : null };
}

function isName(text: string): boolean {
  return /^[a-z0-9._-]{1,64}$/.test(text);
}
