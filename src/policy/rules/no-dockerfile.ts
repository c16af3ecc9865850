import { type Sentence, say } from "../sentence.ts";

/** The rule is about stages or base images, and no Dockerfile is known that shows them. */
export const noDockerfile = "no-dockerfile";
export type NoDockerfile = typeof noDockerfile;

export const namingDockerfile: readonly Sentence[] = [
  say`Set ${"file"} to the Dockerfile that the image was built from.`,
];
