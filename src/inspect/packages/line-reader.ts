import type { Buffer } from "node:buffer";

/** Splits a file into lines while it streams. Of a long line, only the first bytes are kept. */
export class LineReader {
  readonly #maxLength: number;
  readonly #onLine: (line: string) => void;
  #line = "";
  #isInLine = false;

  /**
   * @param maxLength bytes of a line to keep
   * @param onLine receives each line (latin1) without its newline
   */
  constructor(maxLength: number, onLine: (line: string) => void) {
    this.#maxLength = maxLength;
    this.#onLine = onLine;
  }

  /** Reports whether the bytes so far end within a line, such as those of a truncated file. */
  get isInLine(): boolean {
    return this.#isInLine;
  }

  update(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      this.#keep(chunk, start, end);
      this.#end();
      start = end + 1;
    }
    this.#keep(chunk, start, chunk.length);
    this.#isInLine ||= start < chunk.length;
  }

  /** Called once, after the last chunk. */
  finish(): void {
    if (this.#isInLine) this.#end();
  }

  #keep(chunk: Buffer, start: number, end: number): void {
    const room = this.#maxLength - this.#line.length;
    if (room > 0 && end > start) this.#line += chunk.toString("latin1", start, Math.min(end, start + room));
  }

  #end(): void {
    const line = this.#line;
    this.#line = "";
    this.#isInLine = false;
    this.#onLine(line);
  }
}

const newline = 0x0a;
