import { parseArgs } from "node:util";
import { type Store, stores } from "../tools/engine/stores.ts";
import { type ImageName, imageNames } from "./image-plan.ts";

export interface Flags {
  readonly rounds: number;
  readonly diveRounds: Readonly<Record<ImageName, number>>;
  readonly images: readonly ImageName[];
  readonly stores: readonly Store[];
  /** write the document although it is of a part only */
  readonly write: boolean;
}

export const usage = `npm run bench -- [--rounds 5] [--dive-rounds 3] [--images ${imageNames.join(",")}]
    [--stores ${stores.join(",")}] [--write]

  --rounds       rounds of everything but dive; the document wants at least five
  --dive-rounds  rounds of dive, which takes long: 3, and 1 of the large image, unless given; 0 leaves it out
  --images       which images; the document wants all
  --stores       which image stores; the document wants both
  --write        write docs/benchmarks.md although it would be of a part only`;

/** @throws Error with one sentence, where the flags are wrong */
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

/** Whether a run with these flags measures all that the document tells. */
export function isWhole({ rounds, images, stores: chosen, diveRounds }: Flags): boolean {
  const hasAll = images.length === imageNames.length && chosen.length === stores.length;
  return hasAll && rounds >= 5 && imageNames.every((name) => diveRounds[name] > 0);
}

function count(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= 100) return value;
  throw new Error(`--${flag} is a whole number from ${least} to 100, and not ${JSON.stringify(text)}.`);
}

/** Those of a list that are known, in their own order. */
function some<Name extends string>(flag: string, text: string, known: readonly Name[]): readonly Name[] {
  const names: readonly string[] = text.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !known.some((one) => one === name));
  if (unknown.length === 0) return known.filter((name) => names.includes(name));
  throw new Error(`--${flag} takes ${known.join(", ")}, and not ${JSON.stringify(unknown[0])}.`);
}
