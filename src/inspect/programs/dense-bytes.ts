const blockSize = 1024;
/** Bits of entropy per byte. Machine code and text have less; compressed or encrypted data has nearly 8. */
const minEntropy = 7.4;

/** Counts bytes that seem compressed or encrypted: those of blocks that use all byte values about equally. */
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
    if (entropy >= minEntropy) this.#total += blockSize;
    this.#counts.fill(0);
    this.#inBlock = 0;
  }
}
