import type { Change } from "./example.ts";

/** Makes the pull requests of an example: only the first passes. */
export function changesOf({ policy, slim, full, broken }: Parts): readonly Change[] {
  const [small, large] = ["Dockerfile", "Dockerfile.full"] as const;
  return [
    { name: "slim", title: slim, base: "main", from: large, to: small, policy, expected: "pass" },
    { name: "full", title: full, base: "release", from: small, to: large, policy, expected: "fail" },
    { policy, ...broken, base: "develop", to: `Dockerfile.${broken.name}`, expected: "fail" },
  ];
}

/** What differs between the pull requests of the examples. */
interface Parts {
  /** inputs of the action */
  readonly policy: Change["policy"];
  /** title of the one that replaces the full image by the slim one */
  readonly slim: string;
  /** title of the one that does the opposite */
  readonly full: string;
  /** the one that breaks the image, with Dockerfile.NAME */
  readonly broken: Pick<Change, "name" | "title" | "from"> & Partial<Pick<Change, "policy">>;
}
