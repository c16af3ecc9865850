import { closest } from "fastest-levenshtein";
import { Failure } from "../../failure.ts";
import type { FileImage, PolicyFile } from "./policy-file.ts";

export interface ChosenImage {
  readonly name: string;
  readonly image: FileImage;
}

/**
 * Chooses the image of a policy file that is audited.
 * @param name as the inputs have it; null if they have none
 * @returns null if the file lists no images
 * @throws Failure `input-invalid` if there is a choice and none was made, or the name is not in the file
 */
export function chooseImage({ images }: PolicyFile, name: string | null): ChosenImage | null {
  const names = [...images.keys()];
  const [only, ...others] = names;
  if (only === undefined) return null;
  const wanted = name ?? (others.length === 0 ? only : null);
  if (wanted === null) {
    throw new Failure(
      "input-invalid",
      `The policy file has several images: set name to one of ${names.join(", ")}.`,
    );
  }
  const image = images.get(wanted);
  if (image === undefined) {
    throw new Failure(
      "input-invalid",
      `name is "${wanted}", which is no image of the policy file: did you mean "${closest(wanted, names)}"? It has ${names.join(", ")}.`,
    );
  }
  return { name: wanted, image };
}
