import { parseDockerfile } from "../../dockerfile/parse/dockerfile.ts";
import { takenForImages } from "../../dockerfile/stages/taken-for-image.ts";
import type { BuildOutcome } from "./progress.ts";

/**
 * Explains a build failure whose cause is the name of a missing stage, which was taken for an image.
 * @param text of the Dockerfile
 * @returns a sentence; null if the failure has another cause
 */
export function missingStage({ failed, text: lines }: BuildOutcome, text: string): string | null {
  const output = [failed?.name ?? "", failed?.error ?? "", ...lines].join("\n");
  const found = sourcesIn(text).find(({ name }) =>
    [":", "/", ")"].some((end) => output.includes(`library/${name}${end}`)),
  );
  if (found === undefined) return null;
  const { line, does, name } = found;
  return `Line ${line} ${does} from \`${name}\`. No stage of this Dockerfile has that name, so it was taken for an image.`;
}

/** Empty if the Dockerfile does not parse: BuildKit has already reported that. */
function sourcesIn(text: string) {
  try {
    return takenForImages(parseDockerfile(text));
  } catch {
    return [];
  }
}
