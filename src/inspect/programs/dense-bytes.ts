const blockSize = 1024;
/** Bits of entropy a byte: machine code and text have less, what is compressed or encrypted has nearly 8. */
const denseFrom = 7.4;

/** Counts bytes that are compressed or encrypted, to judge by how evenly each block of them uses all values. */
export class DenseBytes {
  readonly #counts = new Uint32Array(256);
  #inBlock = 0;
  #total = 0;

  get total(): number {
    return this.#total;
  }

  update(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#counts[byte] = (this.#counts[byte] ?? 0) + 1;
      this.#inBlock += 1;
      if (this.#inBlock === blockSize) this.#closeBlock();
    }
  }

  #closeBlock(): void {
    let entropy = 0;
    for (const count of this.#counts) {
      if (count > 0) entropy -= (count / blockSize) * Math.log2(count / blockSize);
    }
    if (entropy >= denseFrom) this.#total += blockSize;
    this.#counts.fill(0);
    this.#inBlock = 0;
  }
}
