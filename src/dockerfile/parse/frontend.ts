import { Failure } from "../../failure.ts";
import { parseReference } from "../../oci/reference.ts";
import { readSyntax } from "./directives.ts";
import { quote } from "./refuse.ts";

/** The first version of Docker's own frontend that reads Dockerfiles as we do: inline documents are its youngest form. */
const oldestFollowed = 4;

/** What BUILDKIT_SYNTAX calls BuildKit's own frontend. */
const builtIn = "dockerfile.v0";

/**
 * Whether a frontend reads Dockerfiles as we do, so that nothing of a build escapes us: BuildKit's own, or Docker's in
 * its current version. An old one takes an inline document for instructions, and a digest tells no version.
 * @param reference of the frontend's image; null = BuildKit's own
 */
export function isFollowed(reference: string | null): boolean {
  if (reference === null) return true;
  const parsed = parseReference(reference);
  if (parsed?.name !== "docker.io/docker/dockerfile" || parsed.digest !== null) return false;
  if (parsed.tag === null || parsed.tag === "latest" || parsed.tag === "1") return true;
  const minor = /^1\.([0-9]+)(?:\.[0-9]+)?$/.exec(parsed.tag)?.[1];
  return minor !== undefined && Number(minor) >= oldestFollowed;
}

/**
 * Refuses a Dockerfile that another frontend than Docker's reads, be it of any version or a registry's copy.
 * @param syntax the build argument BUILDKIT_SYNTAX, which goes before what the file says
 * @throws Failure `frontend-unknown`
 */
export function checkFrontend(text: string, syntax: string | undefined): void {
  const reference = foreignFrontend(text, syntax);
  if (reference === null) return;
  const asked = syntax === undefined ? "as its syntax line asks" : "as BUILDKIT_SYNTAX asks";
  throw new Failure(
    "frontend-unknown",
    `Another frontend than Docker's reads this Dockerfile (${quote(reference)}, ${asked}), so that its stages and lines are not known.`,
  );
}

/** The frontend that reads a Dockerfile in place of Docker's; null where Docker's does. @param syntax as above */
export function foreignFrontend(text: string, syntax: string | undefined): string | null {
  const reference = syntax === undefined ? readSyntax(text) : (syntax.trim().split(" ")[0] ?? "");
  if (reference === null || reference === builtIn) return null;
  const parsed = parseReference(reference);
  const isDockers = parsed !== null && /(?:^|\/)docker\/dockerfile(?:-upstream)?$/.test(parsed.name);
  return isDockers ? null : reference;
}
