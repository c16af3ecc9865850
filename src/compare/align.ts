/** Index in the head, index in the base. */
export type Pair = readonly [head: number, base: number];

/** Returns the key of an item. Items with equal keys are equal; null equals nothing. */
type KeyOf = (side: "head" | "base", index: number) => string | null;

/**
 * Pairs items in order, without crossings. The pairs are a longest common subsequence by the first key. Items
 * between those pairs are paired by the next key, and so on.
 */
export function align(
  head: readonly number[],
  base: readonly number[],
  keys: readonly KeyOf[],
): readonly Pair[] {
  const [keyOf, ...rest] = keys;
  if (keyOf === undefined || head.length === 0 || base.length === 0) return [];
  const anchors = longestCommon(head, base, keyOf);
  const pairs: Pair[] = [];
  let from: Pair = [0, 0];
  for (const to of [...anchors, [head.length, base.length] as const]) {
    pairs.push(...align(head.slice(from[0], to[0]), base.slice(from[1], to[1]), rest));
    const pair = [head[to[0]], base[to[1]]] as const;
    if (pair[0] !== undefined && pair[1] !== undefined) pairs.push([pair[0], pair[1]]);
    from = [to[0] + 1, to[1] + 1];
  }
  return pairs;
}

/** Returns positions (not indices) of a longest common subsequence. There are few layers. */
function longestCommon(head: readonly number[], base: readonly number[], keyOf: KeyOf): readonly Pair[] {
  const keys = {
    head: head.map((index) => keyOf("head", index)),
    base: base.map((index) => keyOf("base", index)),
  };
  const isEqual = (i: number, j: number) => keys.head[i] !== null && keys.head[i] === keys.base[j];
  const width = base.length + 1;
  const lengths = new Uint32Array((head.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = head.length - 1; i >= 0; i--) {
    for (let j = base.length - 1; j >= 0; j--) {
      lengths[i * width + j] = isEqual(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < head.length && j < base.length; ) {
    if (isEqual(i, j)) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
