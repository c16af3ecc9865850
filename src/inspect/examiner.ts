import type { Buffer } from "node:buffer";
import type { Content, ExaminedFile } from "../image/layer/content.ts";

/** Bytes of a file's head by which examiners decide; a smaller file is its own head. */
export const headSize = 1024;

/**
 * Looks for one kind of facts in files, whatever other examiners look for. It runs for every file of an
 * image, so it must refuse most of them quickly.
 * @param head the file's first bytes, at most `headSize`; valid only during the call
 * @returns null if the rest of the file is of no interest
 */
export type Examiner = (file: ExaminedFile, head: Buffer) => Examination | null;

/** Examines one file. It must bound the memory that it uses, and never throw, whatever the bytes are. */
export interface Examination {
  /** Receives the bytes from the first on, in order. A chunk is valid only during the call. */
  update(chunk: Buffer): void;
  /** Called once, after the last chunk. Returns null if nothing is worth keeping. */
  finish(): Facts | null;
}

/** What an examiner adds to a file's content. The markers, and the packages, of several examiners are joined. */
export type Facts = Omit<Content, "format" | "interpreter">;
