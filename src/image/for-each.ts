/** A result for each of several, in their order: as many as there are. */
export type ForEach<Items extends readonly unknown[], Result> = { readonly [Index in keyof Items]: Result };
