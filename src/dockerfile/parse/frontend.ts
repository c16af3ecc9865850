import { Failure } from "../../failure.ts";
import { parseReference } from "../../oci/reference.ts";
import { readSyntax } from "./directives.ts";
import { quote } from "./refuse.ts";

/** The first 1.x version of Docker's frontend that reads Dockerfiles as we do: it added here-documents. */
const minMinor = 4;

/** The name of BuildKit's built-in frontend in BUILDKIT_SYNTAX. */
const builtIn = "dockerfile.v0";

/**
 * Reports whether a frontend reads Dockerfiles as we do, so that we miss no step of a build. That is
 * BuildKit's built-in frontend, or a current version of Docker's. An old version takes a here-document for
 * instructions. A digest does not show the version.
 * @param reference of the frontend's image; null = the built-in one
 */
export function isFollowed(reference: string | null): boolean {
  if (reference === null) return true;
  const parsed = parseReference(reference);
  if (parsed?.name !== "docker.io/docker/dockerfile" || parsed.digest !== null) return false;
  if (parsed.tag === null || parsed.tag === "latest" || parsed.tag === "1") return true;
  const minor = /^1\.([0-9]+)(?:\.[0-9]+)?$/.exec(parsed.tag)?.[1];
  return minor !== undefined && Number(minor) >= minMinor;
}

/**
 * Refuses a Dockerfile that is read by a frontend other than Docker's. Any version of Docker's is accepted,
 * and so is a copy in another registry.
 * @param syntax the build argument BUILDKIT_SYNTAX, which overrides the file
 * @throws Failure `frontend-unknown`
 */
export function checkFrontend(text: string, syntax: string | undefined): void {
  const reference = foreignFrontend(text, syntax);
  if (reference === null) return;
  const origin = syntax === undefined ? "its syntax line" : "BUILDKIT_SYNTAX";
  throw new Failure(
    "frontend-unknown",
    `A frontend other than Docker's reads this Dockerfile (${quote(reference)}, set by ${origin}), so its stages and lines are not known.`,
  );
}

/**
 * Returns the frontend that reads a Dockerfile in place of Docker's; null if Docker's does.
 * @param syntax the build argument BUILDKIT_SYNTAX, which overrides the file
 */
export function foreignFrontend(text: string, syntax: string | undefined): string | null {
  const reference = syntax === undefined ? readSyntax(text) : (syntax.trim().split(" ")[0] ?? "");
  if (reference === null || reference === builtIn) return null;
  const parsed = parseReference(reference);
  const isDockers = parsed !== null && /(?:^|\/)docker\/dockerfile(?:-upstream)?$/.test(parsed.name);
  return isDockers ? null : reference;
}
