import type { Inspection } from "../../inspect/inspection.ts";
import { type Sentence, say } from "../sentence.ts";
import { type BaseImage, distrolessJava, distrolessNode, distrolessPython } from "./base-images.ts";
import { olderThanDebian13 } from "./older-libraries.ts";
import { instructions, movingCommands, placementOf, referenceFor, savings, startingFrom } from "./placing.ts";
import { architectureOf, maxInstruction } from "./program-stage.ts";
import { mayHavePythonPackages, mayNeedSystemLibraries } from "./run-time-packages.ts";
import type { Interpreted } from "./what-runs.ts";

/** Returns how to put an application on a base image that has its interpreter and little else. */
export function interpretedStage(what: Interpreted, head: Inspection): readonly Sentence[] {
  const recipe = what.version === null || what.args.length === 0 ? null : recipeFor(what, what.version, head);
  if (recipe === null || mayNeedSystemLibraries(head)) return [];
  if (!recipe.base.architectures.includes(architectureOf(head))) return [];
  if (recipe.start.length > maxInstruction) return [];
  const from = startingFrom([referenceFor(recipe.base, head)], head);
  const copy =
    placementOf(head) === "add"
      ? say`, and copy the application to the same paths there with ${"COPY --from"}`
      : [];
  const isEntrypointOwn = what.path !== null && (head.entrypoint?.length ?? 0) > 0;
  const isRemoved = isEntrypointOwn && placementOf(head) !== "add";
  const why = recipe.start.startsWith("CMD")
    ? say` ${isRemoved ? say`Remove the ${"ENTRYPOINT"} line: the` : ["The"]} ${"ENTRYPOINT"} of that base image is ${recipe.entrypoint}.`
    : [];
  return [
    say`${from}${copy}.${recipe.versions}${recipe.packages}${instructions(head, recipe.start, recipe.environment)}${why}${movingCommands(head)}${savings(head)}`,
  ];
}

interface Recipe {
  readonly base: BaseImage;
  /** the entrypoint of the base image, as people call it */
  readonly entrypoint: string;
  /** the instruction that starts the application */
  readonly start: string;
  /** how the versions differ */
  readonly versions: Sentence;
  /** how to bring packages */
  readonly packages: Sentence;
  readonly environment: string | null;
}

function recipeFor({ kind, path, args }: Interpreted, version: string, head: Inspection): Recipe | null {
  switch (kind) {
    case "python": {
      // conda brings libraries of its own.
      if (/conda|miniforge|mamba/.test(path ?? "")) return null;
      const hasPackages = mayHavePythonPackages(head);
      return {
        base: distrolessPython,
        entrypoint: "python3",
        start: `CMD ${JSON.stringify(args)}`,
        versions: versions("Python", version, distrolessPython.version),
        packages: hasPackages
          ? say` Install its packages in an earlier stage ${`FROM ${distrolessPython.builder}`} with ${"pip install --target=/packages"}, and copy ${"/packages"} as well.`
          : [],
        environment: hasPackages ? "PYTHONPATH=/packages" : null,
      };
    }
    case "java": {
      const base = distrolessJava(Number(version));
      // Only a JDK compiles source files.
      if (base === null || args.some((word) => word.endsWith(".java"))) return null;
      return {
        base,
        entrypoint: "java -jar",
        start:
          args[0] === "-jar"
            ? `CMD ${JSON.stringify(args.slice(1))}`
            : `ENTRYPOINT ${JSON.stringify(["/usr/bin/java", ...args])}`,
        versions: versions("Java", version, String(base.version)),
        packages: [],
        environment: null,
      };
    }
    case "node": {
      const base = distrolessNode(Number(version));
      if (base === null) return null;
      const isSame = Number(version) === base.version && olderThanDebian13(head.family) === "all";
      return {
        base,
        entrypoint: "node",
        start: `CMD ${JSON.stringify(args)}`,
        versions: versions("Node.js", version, String(base.version)),
        packages: isSame
          ? []
          : say` Install its packages in an earlier stage ${`FROM node:${base.version}-trixie-slim`}, since native ones are built for one version and one C library.`,
        environment: null,
      };
    }
  }
}

function versions(name: string, own: string, other: string): Sentence {
  return own === other
    ? say` Both have ${[`${name} ${other}`]}.`
    : say` It has ${[`${name} ${other}`]}, and this image has ${[own]}: test the application with it first.`;
}
