import { createHash } from "node:crypto";

/**
 * Names everything that a reading depends on besides the layer's bytes. Readings that another version made are not used.
 * Lower-case letters, digits and `-`, at most 32: it stands in names of files.
 */
export type ReaderVersion = `${number}-${string}`;

/**
 * The one number to raise when the same bytes are to give another reading: a change to how tars are read, to what is kept
 * of a file, or to how readings are stored. Markers need no raise. __tests__/inspect/programs/content-version.test.ts knows.
 */
const reader = 7;

/** @param examiner names all that decides what the caller's `Examine` finds; "" where it is not given one */
export function readerVersion(examiner: string): ReaderVersion {
  return `${reader}-${createHash("sha256").update(examiner).digest("hex").slice(0, 16)}`;
}
