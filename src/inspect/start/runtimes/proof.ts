import type { StartProblem } from "../start.ts";

/** What is proven of a language runtime's own start. Sentences are for people. */
export interface RuntimeProof {
  readonly problems: readonly StartProblem[];
  /** what decides too, and is not in the file tree or in the texts that are kept */
  readonly unproven: readonly string[];
  /** what looks wrong without being proven to stop the runtime */
  readonly hints: readonly string[];
}

export const nothingProven: RuntimeProof = { problems: [], unproven: [], hints: [] };

/** The arguments are text for people, as in StartProblem. */
export function failing(path: string, needs: string, found: string): RuntimeProof {
  return { ...nothingProven, problems: [{ class: "runtime", path, needs, found }] };
}

export function unproven(sentence: string): RuntimeProof {
  return { ...nothingProven, unproven: [sentence] };
}

export function hint(sentence: string): RuntimeProof {
  return { ...nothingProven, hints: [sentence] };
}

export function joined(proofs: readonly RuntimeProof[]): RuntimeProof {
  return {
    problems: proofs.flatMap(({ problems }) => problems),
    unproven: [...new Set(proofs.flatMap((proof) => proof.unproven))],
    hints: [...new Set(proofs.flatMap(({ hints }) => hints))],
  };
}
