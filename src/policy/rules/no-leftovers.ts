import type { Inspection, Leftover, LeftoverKind } from "../../inspect/inspection.ts";
import { type Sentence, say } from "../sentence.ts";
import { presenceRule } from "./presence.ts";

/** A directory that a build left behind, or a program that fetched files for it. */
interface Left extends Omit<Leftover, "kind"> {
  readonly kind: LeftoverKind | "fetcher";
}

export const noLeftovers = presenceRule({
  id: "no-leftovers",
  about: "leftovers",
  title: "The build leaves nothing behind in the final image",
  meaning:
    "Judges what the Dockerfile's own layers leave in the final image: the lists and caches of package managers (apt, apk, dnf, pip, npm, Go, Maven, cargo and others), caches of builds, `__pycache__` outside of Python's own directories, headers, files in `/tmp`, `.git`, and programs such as `curl` that fetch files and that neither the command nor the health check of the image names, unless a shell runs the command, whose script may use them. What comes with the base image does not count. Without a record of the build, it is unknown what does, and all directories count.",
  description:
    "Require that the build leaves no caches, headers, .git, temporary files and download tools in the image: fail, warn, off, or ratchet.",
  what: "leftovers of the build",
  of: leftoversOf,
  kindOf: ({ kind, path }) => (kind === "fetcher" ? path : kind),
  nameOf: ({ path, bytes }) => say`${path} of ${{ bytes }}`,
  advice: (items, { head }) => {
    const kinds = [...new Set(items.map(({ kind }) => kind))];
    return kinds.slice(0, maxAdvice).flatMap((kind) => {
      const item = items.find((each) => each.kind === kind);
      return item === undefined ? [] : [adviceOn(item, head.layers[item.layer]?.line ?? null)];
    });
  },
});

const maxAdvice = 3;

/** Returns what the image's own layers left behind. */
export function leftoversOf({ leftovers, buildTools, layers }: Inspection): readonly Left[] {
  const originOf = ({ layer }: { readonly layer: number }) => layers[layer]?.origin ?? "unknown";
  return [
    ...leftovers.filter((item) => originOf(item) !== "base-image"),
    ...buildTools.flatMap((tool): readonly Left[] => {
      const isLeft = tool.kind === "fetcher" && originOf(tool) === "own" && tool.isUsed === false;
      return isLeft ? [{ ...tool, kind: "fetcher" }] : [];
    }),
  ];
}

function adviceOn({ kind, path }: Left, line: number | null): Sentence {
  const where = line === null ? [] : say` (line ${line})`;
  switch (kind) {
    case "package-lists":
      return say`End the instruction that installs packages${where} with ${`rm -rf ${path}/*`}.`;
    case "package-cache":
    case "build-cache":
      return say`Keep the cache out of the image${where} with ${`RUN --mount=type=cache,target=${path}`}.`;
    case "bytecode":
      return say`List ${"__pycache__"} in ${".dockerignore"}, or set ${"PYTHONDONTWRITEBYTECODE=1"} for the instruction that makes ${path}${where}.`;
    case "headers":
      return say`Install headers only in an earlier stage: ${path}${where} is of no use to a program that is built.`;
    case "temporary":
      return say`Remove what is in ${path} in the instruction that puts it there${where}.`;
    case "git":
      return say`List ${".git"} in ${".dockerignore"}: ${path}${where} is the history of a repository.`;
    case "fetcher":
      return say`Fetch files in an earlier stage, or with ${"ADD"}: nothing in the image names ${path}${where}.`;
  }
}
