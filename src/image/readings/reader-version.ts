import { createHash } from "node:crypto";

/**
 * Identifies everything that a reading depends on besides the layer's bytes. Readings of another version are
 * not used. At most 32 lower-case letters, digits and `-`, since file names contain it.
 */
export type ReaderVersion = `${number}-${string}`;

/**
 * Increase this number if the same bytes produce a different reading: after a change to how tars are read, to
 * what is kept of a file, or to how readings are stored. Markers do not need this.
 * __tests__/inspect/programs/content-version.test.ts checks it.
 */
const reader = 21;

/**
 * Returns the version of readings that this reader makes.
 * @param examiner identifies everything that decides what the caller's `Examine` finds; "" without one
 */
export function readerVersion(examiner: string): ReaderVersion {
  return `${reader}-${createHash("sha256").update(examiner).digest("hex").slice(0, 16)}`;
}
