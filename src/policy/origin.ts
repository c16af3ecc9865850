import type { Inspection } from "../inspect/inspection.ts";
import { firstListed, type Sentence, say } from "./sentence.ts";

/** Something at a path of an image. */
interface Found {
  readonly path: string;
  /** index of the layer that holds it */
  readonly layer: number;
}

/** Returns what the image's own layers hold first, in the same order otherwise. */
export function ownFirst<Item extends Found>(items: readonly Item[], image: Inspection): readonly Item[] {
  const isOwn = ({ layer }: Found) => image.layers[layer]?.origin !== "base-image";
  return [...items.filter(isOwn), ...items.filter((item) => !isOwn(item))];
}

/** `/app/run (line 5), /usr/bin/su (base image) and 12 more`: own ones first, each with what added it */
export function firstWithOrigin<Item extends Found>(
  items: readonly Item[],
  image: Inspection,
  nameOf: (item: Item) => Sentence = ({ path }) => say`${path}`,
): Sentence {
  return firstListed(ownFirst(items, image), maxShown, (item) => [...nameOf(item), ...originOf(item, image)]);
}

const maxShown = 4;

function originOf({ layer }: Found, { layers }: Inspection): Sentence {
  const { origin, line } = layers[layer] ?? {};
  if (origin === "base-image") return say` (base image)`;
  return line == null ? [] : say` (line ${line})`;
}
