import fc from "fast-check";
import { readLayer } from "../../src/image/layer/layer.ts";
import type { LayerReading } from "../../src/image/layer/reading.ts";
import { chunksOf } from "./list-tar.ts";
import { directory, file, hardlink, opaque, symlink, type TarMember, tar, whiteout } from "./tar.ts";

const names = fc.constantFrom("a", "b", "c");
const paths = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const members: fc.Arbitrary<TarMember> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(paths, fc.nat(9)).map(([path, size]) => file(path, "x".repeat(size))) },
  paths.map((path) => directory(path)),
  paths.map((path) => symlink(path, "/a")),
  paths.map((path) => whiteout(path)),
  paths.map((path) => opaque(path)),
  fc.tuple(paths, paths).map(([path, target]) => hardlink(path, target)),
);

/** Layers, some of which no reader accepts. */
export const anyLayers: fc.Arbitrary<readonly (readonly TarMember[])[]> = fc.array(
  fc.array(members, { maxLength: 8 }),
  { minLength: 1, maxLength: 5 },
);

/** The indexes of the layers of each of two or three images. */
export const anyPicks: fc.Arbitrary<readonly (readonly number[])[]> = fc.array(
  fc.array(fc.nat(4), { maxLength: 5 }),
  { minLength: 2, maxLength: 3 },
);

/** Reads images of the layers that a reader accepts: those without contradictions within one layer. */
export async function imagesOf(
  layers: readonly (readonly TarMember[])[],
  picks: readonly (readonly number[])[],
): Promise<readonly (readonly LayerReading[])[]> {
  const readings: LayerReading[] = [];
  for (const members of layers) {
    const reading = await readMembers(members).catch(() => null);
    if (reading !== null) readings.push(reading);
  }
  return picks.map((pick) => pick.map((index) => readings[index]).filter((reading) => reading !== undefined));
}

/** Reads a layer with these members. */
export async function readMembers(members: readonly TarMember[]): Promise<LayerReading> {
  return (await readLayer(chunksOf(tar(members), 4096))).reading;
}

const files = ["a", "b", "d/a", "d/b", "d/e/c"];
const anyChoices = fc.array(
  fc.record({
    deletesDirectory: fc.boolean(),
    sizes: fc.tuple(...files.map(() => fc.integer({ min: -1, max: 5 }))),
  }),
  { minLength: 2, maxLength: 5 },
);

/**
 * Layers as engines write them: they list their directories, delete only what is there, and never have a whiteout and
 * an entry for the same path.
 */
export const anyEngineLayers: fc.Arbitrary<readonly (readonly TarMember[])[]> = anyChoices.map((choices) => {
  const visible = new Set<string>();
  return choices.map(({ deletesDirectory, sizes }) => {
    const isGone = (path: string) => deletesDirectory && path.startsWith("d/");
    const deleted = files.filter((path, index) => visible.has(path) && (isGone(path) || sizes[index] === -1));
    const written = files.filter((path, index) => !isGone(path) && (sizes[index] ?? 0) > 0);
    const whole = deletesDirectory && deleted.some(isGone) ? [whiteout("d")] : [];
    for (const path of deleted) visible.delete(path);
    for (const path of written) visible.add(path);
    const single = deleted.filter((path) => !isGone(path));
    const inside = [...single, ...written];
    return [
      ...(inside.some((path) => path.startsWith("d/")) ? [directory("d")] : []),
      ...(inside.includes("d/e/c") ? [directory("d/e")] : []),
      ...written.map((path) => file(path, "x".repeat(sizes[files.indexOf(path)] ?? 0))),
      ...single.map((path) => whiteout(path)),
      ...whole,
    ];
  });
});
