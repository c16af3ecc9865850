/** One entry of an image config's history. */
export interface History {
  readonly createdBy: string;
  readonly comment: string;
  /** true: the instruction made no layer */
  readonly emptyLayer: boolean;
}

/**
 * What made each layer, as its history says. Entries that are not empty and layers match one to one, lowest first
 * (image-spec config.md); where their counts disagree, nothing is known of any layer.
 */
export function historyOfLayers(history: readonly History[], layerCount: number): readonly (string | null)[] {
  const made = history.filter(({ emptyLayer }) => !emptyLayer);
  return made.length === layerCount
    ? made.map(({ createdBy }) => createdBy)
    : Array<null>(layerCount).fill(null);
}
