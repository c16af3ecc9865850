import type { Distroless, DistrolessEvidence, PackageManager, Shell } from "../inspection.ts";
import type { Unread } from "./unread.ts";

export interface DistrolessFacts {
  readonly shells: readonly Shell[];
  readonly packageManagers: readonly PackageManager[];
  readonly unread: readonly Unread[];
}

/**
 * Decides whether the image has neither a shell nor a package manager. `yes` claims an absence, so that it
 * requires that every program could be examined. Otherwise, if nothing was found, the verdict is `unknown`.
 */
export function judgeDistroless({ shells, packageManagers, unread }: DistrolessFacts): Distroless {
  const found: readonly DistrolessEvidence[] = [
    ...shells.map(({ path, kind, certainty }) =>
      evidence("shell", path, certainty === "likely" ? `${kind}, likely` : kind),
    ),
    ...packageManagers.map(({ path, name }) => evidence("package-manager", path, name)),
  ];
  const verdict = found.length > 0 ? "no" : unread.length > 0 ? "unknown" : "yes";
  return {
    verdict,
    evidence: [...found, ...unread.map(({ path, detail }) => evidence("unread", path, detail))],
  };
}

function evidence(kind: DistrolessEvidence["kind"], path: string, detail: string): DistrolessEvidence {
  return { kind, path, detail };
}
