/** What a file's bytes told while its layer was streamed by. JSON-safe, since it is kept in the layer reading. */
export interface Content {
  /** by magic bytes: an ELF program or library, a `#!` script, or anything else */
  readonly format: "elf" | "script" | "other";
  /** of a script: what follows `#!`, without the line end, at most 255 bytes (latin1) */
  readonly interpreter?: string;
  /** names of the markers found in an executable, sorted; see inspect/content.ts for what they mean */
  readonly markers?: readonly string[];
  /** the whole text (latin1) of a small file whose content is itself a fact, such as etc/os-release */
  readonly text?: string;
}

/** Looks at one file's payload as it streams by; never keeps it. */
export interface ContentProbe {
  update(chunk: Uint8Array): void;
  /** Called once, after the last chunk. `undefined`: nothing worth keeping. */
  finish(): Content | undefined;
}

/**
 * Decides which regular files are looked at. The reader of layers knows tar; what to look for in a file is knowledge
 * of its caller's, handed in as this function.
 * @param file path as in LayerEntry, mode bits, and size in bytes
 * @returns a probe, or undefined to let the payload pass unseen
 */
export type Examine = (file: {
  readonly path: string;
  readonly mode: number;
  readonly size: number;
}) => ContentProbe | undefined;
