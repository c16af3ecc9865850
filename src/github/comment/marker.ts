import { createHash } from "node:crypto";

/**
 * The first line of a comment, by which later runs find it again: invisible, and the same for one job's audit of one
 * image. Legs of a matrix differ in name or platform, and so do not overwrite each other's. The parts are hashed: a
 * name that holds `-->` ends no comment.
 * @param parts.workflow the workflow file's path
 * @param parts.key `comment-key`, which stands for all other parts; null = none was given
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
