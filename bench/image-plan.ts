import { Random } from "./random.ts";

/** The images that are measured, named by size. */
export const imageNames = ["small", "medium", "large"] as const;

export type ImageName = (typeof imageNames)[number];

/** Total bytes and number of an image's regular files, over all layers. */
export interface ImageSize {
  readonly bytes: number;
  readonly files: number;
}

export const imageSizes: Readonly<Record<ImageName, ImageSize>> = {
  small: { bytes: 200_000_000, files: 2000 },
  medium: { bytes: 1_300_000_000, files: 28_000 },
  large: { bytes: 4_000_000_000, files: 100_000 },
};

/**
 * Programs and libraries are machine code, but only programs are executable. Packed files do not compress.
 */
export type Kind = "program" | "library" | "script" | "text" | "packed";

export interface PlannedFile {
  readonly path: string;
  readonly kind: Kind;
  /** bytes */
  readonly size: number;
  /** selects the bytes among those of its kind: any whole number */
  readonly seed: number;
}

/** Each layer's share of the bytes and files: like a base image, installed packages, an application. */
const layerShares = [0.42, 0.27, 0.16, 0.1, 0.04, 0.01];
export const layerCount = layerShares.length;
/** The share of bytes in files above 5 MB, like those of toolchains and runtimes. */
const bigShare = 0.35;
const bigSize = 5_000_000;
const maxSize = 40_000_000;
/**
 * Standard deviation of the other sizes' logarithms: half of those files are smaller than 1/7 of their mean.
 */
const spread = 2;
/** One in this many files of a layer replaces a file of a lower layer. */
const replacesOneOf = 50;

/** Plans the files of each layer: the same files in every run, on every machine. */
export function planImage(name: ImageName): readonly (readonly PlannedFile[])[] {
  const { bytes, files } = imageSizes[name];
  const random = new Random(name);
  const below: string[] = [];
  const byteParts = split(bytes);
  return split(files).map((count, layer) => {
    const planned = sizesOf(byteParts[layer] ?? 0, count, random).map((size, index) => {
      const kind = kindOf(size, random);
      const path = pathOf({ layer, index, kind });
      return { path, kind, size, seed: random.below(2 ** 31) };
    });
    const taken = new Set<string>();
    const replacing = planned.map((file) => {
      const lower = below[random.below(below.length)];
      if (lower === undefined || random.below(replacesOneOf) > 0 || taken.has(lower)) return file;
      taken.add(lower);
      return { ...file, path: lower };
    });
    below.push(...planned.map(({ path }) => path));
    return replacing;
  });
}

/** Returns the share of an image's bytes that is in executable programs. */
export function programShare(name: ImageName): number {
  const programs = planImage(name)
    .flat()
    .filter(({ kind }) => kind === "program");
  return programs.reduce((sum, { size }) => sum + size, 0) / imageSizes[name].bytes;
}

/** Splits a whole number by the layers' shares. The first part takes the rounding remainder. */
function split(total: number): readonly number[] {
  const others = layerShares.slice(1).map((share) => Math.floor(total * share));
  return [total - others.reduce((sum, part) => sum + part, 0), ...others];
}

/** Returns the sizes of `count` files, in bytes, with the sum `total`. */
function sizesOf(total: number, count: number, random: Random): readonly number[] {
  const big: number[] = [];
  let left = Math.floor(total * bigShare);
  while (left >= bigSize) {
    const size = Math.min(left, bigSize + random.below(maxSize - bigSize));
    big.push(size);
    left -= size;
  }
  const rest = total - big.reduce((sum, size) => sum + size, 0);
  const weights = Array.from({ length: count - big.length }, () => Math.exp(spread * random.normal()));
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const small = weights.map((one) => Math.min(bigSize, Math.floor((one / weight) * rest)));
  // Spread what rounding and the cut at 5 MB left over, so that the sum is exact.
  const missing = rest - small.reduce((sum, size) => sum + size, 0);
  const each = Math.floor(missing / small.length);
  return [
    ...big,
    ...small.map((size, index) => size + each + (index < missing - each * small.length ? 1 : 0)),
  ];
}

/** Draws a kind: machine code for larger files, mostly text for smaller ones. */
function kindOf(size: number, random: Random): Kind {
  const draw = random.next();
  if (size < 16_000) {
    if (draw < 0.04) return "script";
    return draw < 0.9 ? "text" : "packed";
  }
  if (draw < 0.3) return "program";
  if (draw < 0.55) return "library";
  return draw < 0.85 ? "text" : "packed";
}

const placeOf: Readonly<Record<Kind, readonly [directory: string, extension: string]>> = {
  program: ["usr/libexec", ""],
  library: ["usr/lib", ".so.1"],
  script: ["usr/libexec", ".run"],
  text: ["usr/share", ".txt"],
  packed: ["usr/share", ".gz"],
};

function pathOf({ layer, index, kind }: { layer: number; index: number; kind: Kind }): string {
  const [directory, extension] = placeOf[kind];
  const group = Math.floor(index / 300);
  const package_ = Math.floor(index / 20) % 15;
  return `${directory}/group-${layer}-${group}/package-${package_}/file-${index}${extension}`;
}
