import { stretch, type Work } from "../image/work.ts";

/** Returns the first few items in an order, without sorting all of a million. */
export function* findingFirst<Item>(
  items: readonly Item[],
  order: (a: Item, b: Item) => number,
  count: number,
): Work<readonly Item[]> {
  let first: readonly Item[] = [];
  for (let from = 0; from < items.length; from += stretch) {
    yield;
    first = [...first, ...items.slice(from, from + stretch)].sort(order).slice(0, count);
  }
  return first;
}
