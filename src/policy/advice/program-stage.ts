import type { Inspection } from "../../inspect/inspection.ts";
import { readableReference } from "../../oci/reference.ts";
import { listed, type Sentence, say } from "../sentence.ts";
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
import {
  instructions,
  movingCommands,
  namedAccounts,
  placementOf,
  referenceFor,
  savings,
  startingFrom,
} from "./placing.ts";
import type { Program } from "./what-runs.ts";

/** Returns how to put the image's own program on a base image that holds only what it needs. */
export function programStage(program: Program, head: Inspection): readonly Sentence[] {
  const start = startOf(program);
  if (start === undefined) return [];
  switch (program.kind) {
    case "static":
      return staticStage(program, head, start);
    case "glibc":
      return glibcStage(program, head, start);
    case "musl":
      return muslStage(program, head, start);
  }
}

function staticStage({ path }: Program, head: Inspection, start: string | null): readonly Sentence[] {
  const references = staticReferences(head);
  if (references.length === 0) return [];
  const from = startingFrom(references, head);
  const end = say`${instructions(head, start)}${movingCommands(head)}${savings(head)}`;
  return placementOf(head) === "add"
    ? [
        say`${from}, and copy the static program ${path} and the files that it reads to the same paths there with ${"COPY --from"}.${end}`,
      ]
    : [say`${from}: ${path} is a static program.${end}`];
}

function glibcStage({ path, loads }: Program, head: Inspection, start: string | null): readonly Sentence[] {
  const architecture = architectureOf(head);
  const libraries = loads.filter(({ kind }) => kind === "library");
  if (loads[0]?.needs !== loaders.get(architecture)) return [];
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
  if (base === undefined || isOlder === null || (isOlder === "libc" && !isLibcOnly) || isOwnBuild) return [];
  if (!base.architectures.includes(architecture) || others.length > maxLibraries) return [];
  if (others.some((name) => name.includes("/"))) return [];
  const from = startingFrom([referenceFor(base, head)], head);
  const directory = libraryDirectories.get(architecture) ?? "/usr/lib";
  const copied = listed(others.map((name) => say`${name}`));
  const end = say`${instructions(head, start)}${movingCommands(head)}${withoutLibc(names, head)}${savings(head)}`;
  if (placementOf(head) === "add") {
    const also = others.length === 0 ? [] : say` Copy ${copied} to ${directory} as well.`;
    return [
      say`${from}, which has glibc, and copy ${path} and the files that it reads to the same paths there with ${"COPY --from"}.${also}${end}`,
    ];
  }
  const source =
    head.baseImage === null
      ? say`with ${"COPY --from"}`
      : say`from a stage that still starts from ${readableReference(head.baseImage.resolved)}`;
  const also = others.length === 0 ? [] : say` Copy ${copied} to ${directory} ${source}.`;
  return [say`${from}: ${path} needs glibc, which that base image has.${also}${end}`];
}

/** More libraries than this are a distribution of their own. */
const maxLibraries = 6;

/** Reports whether a distribution may give the library symbol versions of its own. */
function isVersioned(name: string): boolean {
  return /^lib(?:ssl|crypto|z|zstd)\.so/.test(name);
}

/** Says how a Go program does without a C library. Empty if it is not known to be one, or needs others. */
function withoutLibc(names: readonly string[], head: Inspection): Sentence {
  const isGo = ownLayers(head).some((layer) => /\bgo (?:build|install)\b/.test(instructionOf(layer).text));
  const isLibc = names.every((name) => /^lib(?:c|pthread|resolv|dl)\.so\.\d$/.test(name));
  if (!isGo || !isLibc) return [];
  return say` Unless it contains C code, it needs no glibc when built with ${"CGO_ENABLED=0"}: then ${distrolessStatic.name} or ${"scratch"} will do.`;
}

function muslStage({ path, loads }: Program, head: Inspection, start: string | null): readonly Sentence[] {
  const references = staticReferences(head);
  const hasOthers = loads.some(
    ({ kind, needs }) => kind === "library" && !/^lib(?:c\.musl-.*|gcc_s|stdc\+\+)\.so/.test(needs),
  );
  if (hasOthers || references.length === 0) return [];
  const end = say`${instructions(head, start)}${movingCommands(head)}${savings(head)}`;
  const link = say`Link ${path} statically, as Go does with ${"CGO_ENABLED=0"}: it needs the loader of Alpine (musl), which distroless images lack.`;
  const copy =
    placementOf(head) === "add"
      ? say`, and copy it and the files that it reads to the same paths there with ${"COPY --from"}`
      : [];
  return [say`${link} Then ${lowered(startingFrom(references, head))}${copy}.${end}`];
}

/** Returns the references of base images without libraries. scratch only if nothing shows that it lacks something. */
function staticReferences(head: Inspection): readonly string[] {
  if (!distrolessStatic.architectures.includes(architectureOf(head))) return [];
  const reference = referenceFor(distrolessStatic, head);
  const needsData = ownLayers(head).some((layer) =>
    /ca-certificates|tzdata|zoneinfo|\/etc\/ssl/.test(instructionOf(layer).text),
  );
  const needsAccounts = namedAccounts(head).some((name) => accounts.has(name));
  return needsData || needsAccounts ? [reference] : ["scratch", reference];
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

function lowered([first = "", ...rest]: Sentence): Sentence {
  return typeof first === "string"
    ? [first.charAt(0).toLowerCase() + first.slice(1), ...rest]
    : [first, ...rest];
}
