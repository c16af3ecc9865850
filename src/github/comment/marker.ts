import { createHash } from "node:crypto";

/**
 * Returns the first line of a comment, by which later runs find it again. It is invisible, and the same for
 * one job's audit of one image. Jobs of a matrix differ in name or platform, so they do not overwrite each
 * other's comments. The parts are hashed, so that a `-->` in a name cannot end the HTML comment.
 * @param parts.workflow the path of the workflow file
 * @param parts.key `comment-key`, which replaces all other parts; null if not given
 */
export function commentMarker(parts: {
  readonly workflow: string;
  readonly job: string;
  readonly name: string;
  readonly platform: string | null;
  readonly key: string | null;
}): string {
  const { workflow, job, name, platform, key } = parts;
  const identity = key === null ? [workflow, job, name, platform] : [key];
  const hash = createHash("sha256").update(JSON.stringify(identity)).digest("hex");
  return `<!-- image-audit:${hash.slice(0, 32)} -->`;
}
