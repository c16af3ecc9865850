import type { BuildDefinition } from "../docker/build/definition.ts";
import { Failure } from "../failure.ts";
import { imageKeys } from "../policy/file/changes.ts";
import { type ChosenImage, chooseImage } from "../policy/file/choose-image.ts";
import type { ImageKey } from "../policy/remark.ts";
import type { PolicyFiles } from "./policy-files.ts";

/**
 * Returns the image that the policy file says is audited; null if it lists none.
 * @param name as the inputs have it
 * @throws Failure `input-invalid`
 */
export function imageOfFile({ holding, proposed }: PolicyFiles, name: string | null): ChosenImage | null {
  const file = (holding ?? proposed)?.file;
  return file === undefined ? null : chooseImage(file, name);
}

/**
 * Builds the image of the policy file: its context, Dockerfile, target and platform. Where the inputs name another one,
 * the run ends, since either would be an audit of what the other does not ask for.
 * @param definition of the inputs, with paths from the root of the repository
 * @throws Failure `input-invalid`
 */
export function buildImageOfFile(definition: BuildDefinition, chosen: ChosenImage | null): BuildDefinition {
  if (chosen === null) return definition;
  const given: Readonly<Record<ImageKey, string | null>> = {
    context: definition.context === "." ? null : definition.context,
    file: definition.file,
    target: definition.target,
    platforms: definition.platform,
  };
  for (const key of imageKeys) refuseConflict(key, given[key], chosen);
  const { context, file, target, platforms } = chosen.image;
  return {
    ...definition,
    context: context ?? definition.context,
    file: file ?? definition.file,
    target: target ?? definition.target,
    platform: platforms ?? definition.platform,
  };
}

function refuseConflict(key: ImageKey, given: string | null, { name, image }: ChosenImage): void {
  const held = image[key];
  if (given === null || held === null || given === held) return;
  throw new Failure(
    "input-invalid",
    `${key} is "${given}" in the inputs, and "${held}" for ${name} in the policy file. Remove it from the inputs, or change the policy file.`,
  );
}
