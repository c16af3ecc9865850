/** One entry of an image config's history. */
export interface History {
  readonly createdBy: string;
  readonly comment: string;
  /** true if the instruction made no layer */
  readonly emptyLayer: boolean;
}

/**
 * Returns the created_by text of each layer. Entries that are not empty match the layers one to one, lowest
 * first (image-spec config.md). If the counts differ, every text is null.
 */
export function historyOfLayers(history: readonly History[], layerCount: number): readonly (string | null)[] {
  const made = history.filter(({ emptyLayer }) => !emptyLayer);
  return made.length === layerCount
    ? made.map(({ createdBy }) => createdBy)
    : Array<null>(layerCount).fill(null);
}
