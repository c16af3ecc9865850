/**
 * Returns items without repeats, the first of each.
 * @param identify returns what is the same of items that are the same; default: all of them
 */
export function distinct<Item>(
  items: readonly Item[],
  identify: (item: Item) => string = (item) => JSON.stringify(item),
): readonly Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const id = identify(item);
    return !seen.has(id) && seen.add(id);
  });
}
