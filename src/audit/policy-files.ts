import { Failure } from "../failure.ts";
import type { BaseCommit, BaseQuestion } from "../git/commit.ts";
import type { Repository } from "../git/repository.ts";
import { fileAt, type TreeFile } from "../git/tree.ts";
import type { PolicyChain } from "../policy/file/chain.ts";
import { type FileReference, writtenReference } from "../policy/file/file-reference.ts";
import { type PolicyFile, parsePolicyFile, policyFilePath } from "../policy/file/policy-file.ts";
import type { PolicySource } from "../policy/source.ts";
import { readTreeFile } from "../tree/read-file.ts";

/** The policy files of an audit. */
export interface PolicyFiles {
  /** the one that holds: the base commit's, or the tree's own where there is no base to protect; null: none */
  readonly holding: PolicyChain | null;
  /** the tree's own, if it is to replace the one that holds; null: it is the same, or there is none on either side */
  readonly proposed: PolicyChain | null;
}

export const noPolicyFiles: PolicyFiles = { holding: null, proposed: null };

/**
 * Returns the commit whose policy file holds; null if the tree's own does. After a push, what was merged is the policy.
 * Before a merge, the base branch's is, and nothing can be judged while that is unknown.
 * @throws Failure policy-unavailable
 */
export function policyBase(
  { kind }: BaseQuestion,
  found: BaseCommit | { readonly message: string },
): BaseCommit | null {
  if (kind === "push" || kind === "dispatch") return null;
  if ("commit" in found) return found;
  if (kind === "terminal") return null;
  throw new Failure("policy-unavailable", `The base branch's policy could not be read. ${found.message}`);
}

export interface PolicyFileOptions {
  readonly repository: Repository;
  /** the commit whose policy holds; null: the tree's own holds */
  readonly base: BaseCommit | null;
  /** reads a file of another repository */
  readonly fetchFile: (reference: FileReference) => Promise<string>;
}

/**
 * Reads the policy file of the base commit and the one of the working tree, with the files that they extend.
 * @throws Failure policy-invalid, policy-unavailable, file-refused, git-commit-unavailable
 */
export async function readPolicyFiles(options: PolicyFileOptions): Promise<PolicyFiles> {
  const { repository, base } = options;
  const [tree, ...misnamed] = await Promise.all(
    [policyFilePath, otherName].map((path) => readTreeFile(repository.root, path, cure)),
  );
  if (tree === null && misnamed.some((file) => file !== null)) throw wrongName("");
  const own = tree === null || tree === undefined ? null : tree.toString("utf8");
  if (base === null)
    return {
      holding: await chainOf(own, { kind: "head-file", path: policyFilePath }, options),
      proposed: null,
    };
  const text = await textAt(repository, base);
  const { commit, name: branch } = base;
  const source: PolicySource = { kind: "file", path: policyFilePath, commit, branch };
  const holding = await chainOf(text, source, options);
  if (text === own) return { holding, proposed: null };
  const proposed = await chainOf(own ?? "version: 1\n", { kind: "head-file", path: policyFilePath }, options);
  return { holding, proposed };
}

/** The name that people give the file by mistake. */
const otherName = policyFilePath.replace(/yml$/, "yaml");

const cure = "Make it a regular file: what a link leads to is not under review.";

async function textAt(repository: Repository, { commit, name }: BaseCommit): Promise<string | null> {
  const file = await fileAt(repository, commit, policyFilePath);
  if (file.kind === "file") return file.text;
  if (file.kind !== "missing") throw notAFile(file, name);
  const other = await fileAt(repository, commit, otherName);
  if (other.kind !== "missing") throw wrongName(` of ${name}`);
  return null;
}

function notAFile({ kind }: TreeFile, name: string): Failure {
  const what = kind === "symlink" ? "a symbolic link" : "a directory";
  return new Failure("policy-invalid", `${policyFilePath} of ${name} is ${what}. Make it a regular file.`);
}

function wrongName(where: string): Failure {
  return new Failure(
    "policy-invalid",
    `${otherName}${where} is not read as a policy. Rename it to ${policyFilePath}.`,
  );
}

async function chainOf(
  text: string | null,
  source: PolicySource,
  { fetchFile }: PolicyFileOptions,
): Promise<PolicyChain | null> {
  if (text === null) return null;
  const file = parsePolicyFile(text, whereOf(source));
  return { source, file, extended: file.extends === null ? null : await extendedOf(file.extends, fetchFile) };
}

async function extendedOf(
  reference: FileReference,
  fetchFile: PolicyFileOptions["fetchFile"],
): Promise<{ readonly source: PolicySource; readonly file: PolicyFile }> {
  const written = writtenReference(reference);
  const file = parsePolicyFile(await fetchFile(reference), written);
  if (file.extends !== null) {
    throw new Failure(
      "policy-invalid",
      `${written} extends another file itself, and only a repository's own policy file may: extend ${writtenReference(file.extends)} directly, or copy its policy.`,
    );
  }
  return { source: { kind: "extended", reference: written }, file };
}

function whereOf(source: PolicySource): string {
  return source.kind === "file" ? `${source.path} of ${source.branch}` : policyFilePath;
}
