import { lower } from "../parse/blank.ts";
import type { Dockerfile } from "../parse/dockerfile.ts";
import { flagValues } from "../parse/flags.ts";
import type { Instruction } from "../parse/instruction.ts";
import { mountSource } from "../parse/mounts.ts";

/** An instruction that takes files from a name that looks like a stage, although no stage has that name. */
export interface TakenForImage {
  readonly line: number;
  readonly does: "copies" | "mounts";
  /** as written */
  readonly name: string;
}

/** Returns the names that BuildKit takes for images on Docker Hub, but whose author may have meant stages. */
export function takenForImages({ stages }: Dockerfile): readonly TakenForImage[] {
  const known = new Set(stages.map(({ name }) => name));
  return stages
    .flatMap(({ instructions }) => instructions)
    .flatMap((instruction) =>
      sourcesOf(instruction)
        .filter(({ name }) => likeStage.test(name) && !known.has(lower(name)))
        .map((source) => ({ line: instruction.line, ...source })),
    );
}

/** No registry, no path and no tag. A number always means a stage. */
const likeStage = /^[a-z][a-z0-9._-]*$/i;

function sourcesOf({ keyword, flags, line }: Instruction): readonly Omit<TakenForImage, "line">[] {
  if (keyword === "COPY") return flagValues(flags, "from").map((name) => ({ does: "copies", name }));
  if (keyword !== "RUN") return [];
  const mounts = flagValues(flags, "mount").map((mount) => mountSource(mount, line).from);
  return mounts.flatMap((name) => (name === null ? [] : [{ does: "mounts" as const, name }]));
}
