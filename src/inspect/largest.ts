/** Keeps the largest of many items, so that memory does not grow with their number. */
export class Largest<Item> {
  readonly #count: number;
  readonly #sizeOf: (item: Item) => number;
  readonly #order: (one: Item, other: Item) => number;
  readonly #items: Item[] = [];

  /** @param order decides between items of the same size; the first in order is kept */
  constructor(count: number, sizeOf: (item: Item) => number, order: (one: Item, other: Item) => number) {
    this.#count = count;
    this.#sizeOf = sizeOf;
    this.#order = order;
  }

  /** The largest items so far, the largest first. */
  get items(): readonly Item[] {
    return this.#items;
  }

  /** Reports whether an item of this size would be kept, at least until a larger one comes. */
  mayKeep(size: number): boolean {
    const last = this.#items.at(-1);
    return last === undefined || this.#items.length < this.#count || size >= this.#sizeOf(last);
  }

  add(item: Item): void {
    if (!this.mayKeep(this.#sizeOf(item))) return;
    const isBefore = (other: Item) => this.#sizeOf(item) - this.#sizeOf(other) || -this.#order(item, other);
    const at = this.#items.findIndex((other) => isBefore(other) > 0);
    this.#items.splice(at < 0 ? this.#items.length : at, 0, item);
    if (this.#items.length > this.#count) this.#items.pop();
  }
}
