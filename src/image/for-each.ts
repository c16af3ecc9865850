/** A tuple with one result for each item, in the items' order. */
export type ForEach<Items extends readonly unknown[], Result> = { readonly [Index in keyof Items]: Result };
