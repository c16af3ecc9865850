import type { BaseImage } from "./base-image.ts";

/** A project in examples/, and the pull requests that the demo audits. */
export interface Example {
  /** names it in `npm run demo -- LANGUAGE` */
  readonly language: string;
  /** of its directory in examples/, and of its image */
  readonly name: string;
  /** the files that every commit has besides a Dockerfile */
  readonly sources: readonly string[];
  readonly baseImages: readonly BaseImage[];
  readonly changes: readonly Change[];
  readonly use: Use;
}

/** A pull request that replaces the Dockerfile. */
export interface Change {
  /** of its branch, and of its files in demo/ */
  readonly name: string;
  readonly title: string;
  /** the branch that it is for, which no other pull request is for */
  readonly base: string;
  /** file in the example's directory that is the base's Dockerfile */
  readonly from: string;
  /** file in the example's directory that is the head's Dockerfile */
  readonly to: string;
  /** inputs of the action */
  readonly policy: Readonly<Record<string, string>>;
  readonly expected: "pass" | "fail";
}

/** Shows that the image of the example's `Dockerfile` works. */
export type Use =
  | { readonly kind: "command"; readonly args: readonly string[]; readonly answer: string }
  | {
      /** listens on port 8000 */
      readonly kind: "service";
      readonly path: string;
      /** sent with POST; null: with GET */
      readonly body: string | null;
      /** begins the answer */
      readonly answer: string;
    };
