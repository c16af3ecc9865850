import type { GitDirectory, InspectedLayer, Inspection } from "../../inspect/inspection.ts";
import { type Sentence, say } from "../sentence.ts";
import { copiesContext, instructionOf } from "./own-layers.ts";

/** Returns how to keep Git repositories out of the image, except those of its base image. */
export function withoutGit({ gitDirectories, layers }: Inspection): readonly Sentence[] {
  const own = gitDirectories.filter(({ layer }) => layers[layer]?.origin !== "base-image");
  return own.slice(0, 2).map((directory) => gitAdvice(directory, layers[directory.layer]));
}

function gitAdvice({ path, bytes }: GitDirectory, layer: InspectedLayer | undefined): Sentence {
  const what = say`${path} (${{ bytes }})`;
  const where = layer === undefined || layer.line === null ? null : say`Line ${layer.line}`;
  if (where === null || layer === undefined) {
    return say`The image holds ${what}, the whole history of a repository. Keep it out: if it is copied from the build context, list it in ${".dockerignore"}.`;
  }
  if (copiesContext(layer)) {
    return say`${where} copies ${what} into the image: list ${".git"} in ${".dockerignore"}. It holds the whole history of the repository and differs in every clone, so this step and those after it never come from the build cache.`;
  }
  return say`${where} leaves ${what} in the image, the whole history of a repository: ${instructionOf(layer).keyword === "RUN" ? say`remove it in the same instruction` : say`copy only what is needed`}.`;
}
