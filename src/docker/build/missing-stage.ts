import { parseDockerfile } from "../../dockerfile/parse/dockerfile.ts";
import { takenForImages } from "../../dockerfile/stages/taken-for-image.ts";
import type { BuildOutcome } from "./progress.ts";

/**
 * Says so where a build failed for want of an image that is none: an instruction names it as a stage is named, and no stage has
 * that name.
 * @param text of the Dockerfile
 * @returns a sentence; null where the failure is of another kind
 */
export function missingStage({ failed, text: said }: BuildOutcome, text: string): string | null {
  const words = [failed?.name ?? "", failed?.error ?? "", ...said].join("\n");
  const found = sourcesIn(text).find(({ name }) =>
    [":", "/", ")"].some((end) => words.includes(`library/${name}${end}`)),
  );
  if (found === undefined) return null;
  const { line, does, name } = found;
  return `Line ${line} ${does} from \`${name}\`, and no stage of this Dockerfile has that name; it was taken for an image.`;
}

/** Of a Dockerfile that does not parse BuildKit has said enough. */
function sourcesIn(text: string) {
  try {
    return takenForImages(parseDockerfile(text));
  } catch {
    return [];
  }
}
