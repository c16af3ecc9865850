import { Failure } from "../../failure.ts";

/** A file of a repository at a commit. */
export interface FileReference {
  readonly owner: string;
  readonly repo: string;
  /** without a slash at its begin */
  readonly path: string;
  /** a full commit SHA */
  readonly commit: string;
}

/**
 * Parses `owner/repo/path@commit`. Only a full commit SHA is accepted: what a branch or a tag names can change.
 * @throws Failure `input-invalid`
 */
export function parseFileReference(text: string): FileReference {
  const [, owner = "", repo = "", path = "", ref = ""] = pattern.exec(text) ?? [];
  if (
    owner === "" ||
    `${repo}/${path}`.split("/").some((name) => name === "" || name === "." || name === "..")
  ) {
    throw new Failure(
      "input-invalid",
      `extends is "${text}", which names no file of a repository: write owner/repo/path@commit.`,
    );
  }
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(ref)) {
    throw new Failure(
      "input-invalid",
      `extends ends in "@${ref}": write the full SHA of a commit in place of "${ref}". What a branch, a tag or a short SHA names can change.`,
    );
  }
  return { owner, repo, path, commit: ref };
}

const pattern = /^([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([\w.-]{1,100})\/([\w./ -]{1,300})@(\S{1,250})$/;

/** Writes a reference as parseFileReference reads it. */
export function writtenReference({ owner, repo, path, commit }: FileReference): string {
  return `${owner}/${repo}/${path}@${commit}`;
}
