/**
 * Facts from a file's bytes, taken while its layer streamed. JSON-safe, since the layer reading stores it.
 */
export interface Content {
  /** by magic bytes: an ELF program or library, a `#!` script, or anything else */
  readonly format: "elf" | "script" | "other";
  /** only for scripts: the line after `#!`, at most 255 bytes (latin1) */
  readonly interpreter?: string;
  /** names of the markers found in an executable, sorted; see inspect/content.ts for what they mean */
  readonly markers?: readonly string[];
  /** the full text (latin1) of certain small files, such as etc/os-release */
  readonly text?: string;
}

/** Examines one file's payload while it streams, without keeping it. */
export interface ContentProbe {
  update(chunk: Uint8Array): void;
  /** Called once, after the last chunk. Returns `undefined` if nothing is worth keeping. */
  finish(): Content | undefined;
}

/** A regular file that may be examined. */
export interface ExaminedFile {
  /** as in LayerEntry */
  readonly path: string;
  readonly mode: number;
  /** bytes */
  readonly size: number;
}

/**
 * Decides which regular files are examined. The layer reader knows only tar; its caller passes this function,
 * which knows what to look for in files.
 * @returns a probe, or undefined to skip the payload
 */
export type Examine = (file: ExaminedFile) => ContentProbe | undefined;
