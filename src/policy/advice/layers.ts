import type { InspectedLayer } from "../../inspect/inspection.ts";
import type { Subject } from "../finding.ts";
import { listed, type Sentence, say } from "../sentence.ts";
import { copiesContext, instructionOf, isWorthIt } from "./own-layers.ts";

/**
 * Returns how to make the heaviest of the image's own layers smaller.
 * @param isLeftOut whether other advice leaves the layer's commands out of the image
 */
export function smallerLayer({ head, comparison }: Subject, isLeftOut: boolean): readonly Sentence[] {
  const index = heaviestOwnLayer({ head, comparison });
  const layer = index === null ? undefined : head.layers[index];
  if (index === null || layer === undefined || !isWorthIt(layer.size, head)) return [];
  const where = layer.line === null ? ["the largest layer"] : say`line ${layer.line}`;
  if (copiesContext(layer)) {
    const copies = layer.line === null ? ["The largest layer copies"] : say`Line ${layer.line} copies`;
    return [
      say`${copies} ${{ bytes: layer.size }}: copy only what runs, or list the rest in ${".dockerignore"}.`,
    ];
  }
  const { text } = instructionOf(layer);
  const lacking = habits
    .filter(({ call, lacks }) => call.test(text) && !lacks.test(text))
    .map((habit) => ({ ...habit, bytes: bytesLeft(habit.leaves, index, { head, comparison }) }))
    .filter(({ bytes }) => bytes === null || isWorthIt(bytes, head));
  if (lacking.length === 0) return [];
  const remedies = listed(lacking.map(({ remedy }) => remedy));
  const left = listed(
    lacking.flatMap(({ leaves, bytes }) =>
      leaves === null || bytes === null ? [] : [say`${{ bytes }} of ${leaves}`],
    ),
  );
  const leaving = left.length === 0 ? [] : say` It now leaves ${left} in the image.`;
  return isLeftOut
    ? [say`If the packages of ${where} are needed at run time, use ${remedies}.${leaving}`]
    : [say`In ${where}, use ${remedies}.${leaving}`];
}

/** Commands that leave bytes behind. */
const habits: readonly {
  readonly call: RegExp;
  readonly lacks: RegExp;
  /** the directory that they leave; null if it is not one */
  readonly leaves: string | null;
  readonly remedy: Sentence;
}[] = [
  {
    call: /\bapt(?:-get)?\b[^&|;]*\binstall\b/,
    lacks: /--no-install-recommends/,
    leaves: null,
    remedy: say`${"apt-get install --no-install-recommends"} (and name the recommended packages that are needed)`,
  },
  {
    call: /\bapt(?:-get)?\s+update\b/,
    lacks: /\/var\/lib\/apt\/lists/,
    leaves: "/var/lib/apt/lists",
    remedy: say`${"rm -rf /var/lib/apt/lists/*"}`,
  },
  {
    call: /\bapk\s+add\b/,
    lacks: /--no-cache/,
    leaves: "/var/cache/apk",
    remedy: say`${"apk add --no-cache"}`,
  },
  {
    call: /\bpip3?\s+install\b/,
    lacks: /--no-cache-dir/,
    leaves: "/root/.cache/pip",
    remedy: say`${"pip install --no-cache-dir"}`,
  },
];

/** Returns the bytes below a directory that a layer has or added; null without a directory. */
function bytesLeft(
  directory: string | null,
  index: number,
  { head, comparison }: Pick<Subject, "head" | "comparison">,
): number | null {
  if (directory === null) return null;
  const cache = head.packageCaches.find(({ path, layer }) => path === directory && layer === index);
  if (cache !== undefined) return cache.bytes;
  // A later layer may delete it, and the bytes remain.
  return comparison === null ? 0 : bytesAdded(directory, index, comparison);
}

function bytesAdded(
  directory: string,
  index: number,
  comparison: NonNullable<Subject["comparison"]>,
): number {
  const part = comparison.parts.find(
    ({ layer }) => layer !== null && comparison.layers[layer]?.head === index,
  );
  const isBelow = ({ path }: { readonly path: string }) =>
    path === directory || path.startsWith(`${directory}/`);
  const shares = [
    part?.paths ?? [],
    comparison.grownDirectories.filter(({ layer }) => layer === index),
    comparison.grownFiles.filter(({ layer }) => layer === index),
  ].map((paths) => paths.filter(isBelow).reduce((sum, { difference }) => sum + Math.max(0, difference), 0));
  return Math.max(...shares);
}

/** Returns the index of the image's own layer that grew most or, without a base, is largest. */
export function heaviestOwnLayer({ head, comparison }: Pick<Subject, "head" | "comparison">): number | null {
  const growths =
    comparison?.layers.filter(({ kind }) => kind !== "drift") ??
    head.layers.map(({ size }, index) => ({ head: index, difference: size }));
  let heaviest: number | null = null;
  let largest = 0;
  for (const { head: index, difference } of growths) {
    const layer: InspectedLayer | undefined = head.layers[index ?? -1];
    if (layer === undefined || layer.origin === "base-image" || difference <= largest) continue;
    heaviest = index;
    largest = difference;
  }
  return heaviest;
}
