import type { Inspection } from "../../inspect/inspection.ts";
import {
  accounts,
  distrolessBase,
  distrolessCc,
  distrolessStatic,
  libraryDirectories,
  loaders,
} from "./base-images.ts";
import { olderThanDebian13 } from "./older-libraries.ts";
import { instructionOf, ownLayers } from "./own-layers.ts";
import { namedAccounts, placed, referenceFor } from "./placing.ts";
import type { NewStage } from "./stage.ts";
import type { Program } from "./what-runs.ts";

/** Returns how to put the image's own program on a base image that holds only what it needs; null if unknown. */
export function programStage(program: Program, head: Inspection): NewStage | null {
  const start = startOf(program);
  const base = start === undefined ? null : baseFor(program, head);
  if (base === null || start === undefined) return null;
  const { from, libraries = [] } = base;
  const libraryDirectory = libraryDirectories.get(architectureOf(head)) ?? "/usr/lib";
  const facts = { runs: program, libraries, libraryDirectory, version: null, packages: null };
  return { ...facts, ...placed(head, from, start) };
}

interface Base {
  readonly from: NewStage["from"];
  /** the libraries that it lacks */
  readonly libraries?: readonly string[];
}

function baseFor(program: Program, head: Inspection): Base | null {
  switch (program.kind) {
    case "static":
      return baseWithoutLibc(head);
    case "glibc":
      return baseWithGlibc(program, head);
    case "musl": {
      const hasOthers = program.loads.some(
        ({ kind, needs }) => kind === "library" && !/^lib(?:c\.musl-.*|gcc_s|stdc\+\+)\.so/.test(needs),
      );
      return hasOthers ? null : baseWithoutLibc(head);
    }
  }
}

function baseWithGlibc({ loads }: Program, head: Inspection): Base | null {
  const architecture = architectureOf(head);
  const libraries = loads.filter(({ kind }) => kind === "library");
  if (loads[0]?.needs !== loaders.get(architecture)) return null;
  const names = libraries.map(({ needs }) => needs);
  const base = [distrolessBase, distrolessCc].find(({ libraries }) =>
    names.every((name) => libraries.has(name) || !distrolessCc.libraries.has(name)),
  );
  const others = names.filter((name) => !distrolessCc.libraries.has(name));
  const isOlder = olderThanDebian13(head.family);
  const isLibcOnly = names.every((name) => distrolessBase.libraries.has(name) && !isVersioned(name));
  const isOwnBuild = libraries.some(
    ({ path, needs }) => distrolessCc.libraries.has(needs) && !/^\/(?:usr\/)?lib(?:64)?\//.test(path),
  );
  if (base === undefined || isOlder === null || (isOlder === "libc" && !isLibcOnly) || isOwnBuild)
    return null;
  if (!base.architectures.includes(architecture) || others.length > maxLibraries) return null;
  if (others.some((name) => name.includes("/"))) return null;
  return { from: [referenceFor(base, head)], libraries: others };
}

/** More libraries than this are a distribution of their own. */
const maxLibraries = 6;

/** Reports whether a distribution may give the library symbol versions of its own. */
function isVersioned(name: string): boolean {
  return /^lib(?:ssl|crypto|z|zstd)\.so/.test(name);
}

/** Returns base images without libraries. scratch only if nothing shows that it lacks something. */
function baseWithoutLibc(head: Inspection): Base | null {
  if (!distrolessStatic.architectures.includes(architectureOf(head))) return null;
  const reference = referenceFor(distrolessStatic, head);
  const needsData = ownLayers(head).some((layer) =>
    /ca-certificates|tzdata|zoneinfo|\/etc\/ssl/.test(instructionOf(layer).text),
  );
  const needsAccounts = namedAccounts(head).some((name) => accounts.has(name));
  return { from: needsData || needsAccounts ? [reference] : ["scratch", reference] };
}

/** Returns the instruction that starts the program directly; null if the image's do; undefined if it is too long. */
function startOf({ words, isDirect }: Program): string | null | undefined {
  if (isDirect) return null;
  const start = `ENTRYPOINT ${JSON.stringify(words)}`;
  return start.length > maxInstruction ? undefined : start;
}

/** In characters. */
export const maxInstruction = 200;

export function architectureOf({ platform }: Inspection): string {
  const [, architecture = "", variant] = platform.split("/");
  return architecture === "arm" && variant !== undefined && variant !== "v7" ? "" : architecture;
}
