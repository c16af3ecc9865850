import type { InspectedLayer, Inspection } from "../../inspect/inspection.ts";
import type { Subject } from "../finding.ts";
import { listed, type Sentence, say } from "../sentence.ts";
import { copiesContext, instructionOf } from "./own-layers.ts";

/**
 * Returns how to make the heaviest of the image's own layers smaller.
 * @param isLeftOut whether other advice leaves the layer's commands out of the image
 */
export function smallerLayer({ head, comparison }: Subject, isLeftOut: boolean): readonly Sentence[] {
  const index = heaviestOwnLayer(head, comparison);
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
    .map((habit) => ({ ...habit, bytes: bytesLeft(habit.leaves, index, comparison) }))
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

/** Reports whether bytes are a hundredth of the image or more; less is not worth a sentence. */
function isWorthIt(bytes: number, head: Inspection): boolean {
  return bytes * 100 >= head.size;
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

/** Returns the bytes below a directory that a layer added, where the comparison lists them; else null. */
function bytesLeft(
  directory: string | null,
  index: number,
  comparison: Subject["comparison"],
): number | null {
  if (directory === null || comparison === null) return null;
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
  const bytes = Math.max(...shares);
  return bytes > 0 ? bytes : null;
}

/** Returns the index of the image's own layer that grew most or, without a base, is largest. */
function heaviestOwnLayer(head: Inspection, comparison: Subject["comparison"]): number | null {
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
