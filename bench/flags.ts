import { parseArgs } from "node:util";
import { type Store, stores } from "../tools/engine/stores.ts";
import { type ImageName, imageNames } from "./image-plan.ts";

export interface Flags {
  readonly rounds: number;
  readonly diveRounds: Readonly<Record<ImageName, number>>;
  readonly images: readonly ImageName[];
  readonly stores: readonly Store[];
  /** write the document even if only a part was measured */
  readonly write: boolean;
}

export const usage = `npm run bench -- [--rounds 5] [--dive-rounds 3] [--images ${imageNames.join(",")}]
    [--stores ${stores.join(",")}] [--write]

  --rounds       rounds of everything but dive; the document needs at least five
  --dive-rounds  rounds of dive, which takes long; default: 3, but 1 for the large image; 0 skips dive
  --images       images to measure; the document needs all
  --stores       image stores to measure; the document needs both
  --write        write docs/benchmarks.md even if only a part was measured`;

/** Parses the flags. @throws Error with one sentence if they are invalid */
export function parseFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string", default: "5" },
      "dive-rounds": { type: "string" },
      images: { type: "string", default: imageNames.join() },
      stores: { type: "string", default: stores.join() },
      write: { type: "boolean", default: false },
    },
  });
  const rounds = count("rounds", values.rounds, 1);
  const dive = values["dive-rounds"] === undefined ? null : count("dive-rounds", values["dive-rounds"], 0);
  const most = (usual: number) => Math.min(rounds, dive ?? usual);
  return {
    rounds,
    diveRounds: { small: most(3), medium: most(3), large: most(1) },
    images: some("images", values.images, imageNames),
    stores: some("stores", values.stores, stores),
    write: values.write,
  };
}

/** Reports whether a run with these flags measures everything that the document needs. */
export function isWhole({ rounds, images, stores: chosen, diveRounds }: Flags): boolean {
  const hasAll = images.length === imageNames.length && chosen.length === stores.length;
  return hasAll && rounds >= 5 && imageNames.every((name) => diveRounds[name] > 0);
}

function count(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= 100) return value;
  throw new Error(`--${flag} must be a whole number from ${least} to 100, not ${JSON.stringify(text)}.`);
}

/** Parses a comma-separated list of known names. Returns them in the order of `known`. */
function some<Name extends string>(flag: string, text: string, known: readonly Name[]): readonly Name[] {
  const names: readonly string[] = text.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !known.some((one) => one === name));
  if (unknown.length === 0) return known.filter((name) => names.includes(name));
  throw new Error(`--${flag} takes ${known.join(", ")}, not ${JSON.stringify(unknown[0])}.`);
}
