import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type CheckoutChoices, choicesOf } from "./checkout-choices.ts";
import { type GitPlace, git, gitWork } from "./git.ts";
import { fetchOne, formatOf, obtainCommit } from "./objects.ts";
import { originOf, ownPlace } from "./remote.ts";
import type { Repository } from "./repository.ts";
import type { Sha } from "./sha.ts";

/** A commit's files in a directory of their own. The last component of its path is unique. */
export interface Checkout extends AsyncDisposable {
  /** absolute */
  readonly directory: string;
}

/**
 * Checks out a commit into a temporary clone with a real `.git` directory and its own objects, in the same
 * way as the head's. A build that gets its version from git, or copies `.git`, must find the same on both
 * sides. File times are deliberately not set: if size and time are equal, BuildKit uses the other side's file
 * (moby/buildkit#4817).
 * @throws Failure git-commit-unavailable, git-failed
 */
export async function checkOut(
  repository: Repository,
  commit: Sha,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Checkout> {
  const source = { ...repository, signal: options.signal ?? repository.signal };
  const holder = await obtainCommit(source, commit);
  const choices = await choicesOf(source);
  const origin = await originOf(source);
  await using stack = new AsyncDisposableStack();
  const directory = await mkdtemp(join(dirname(repository.store), "image-audit-base-"));
  stack.defer(() => rm(directory, { recursive: true, force: true, maxRetries: 3 }));

  const place = ownPlace(source, directory, origin?.env ?? source.env);
  if (holder === "repository" && choices.depth === null) await cloneWhole(place, source.root);
  else await fetchLocally(place, commit, holder === "store" ? source.store : source.root, choices.depth ?? 1);
  await copyTemplate(source, directory);
  if (origin !== null) await git(place, ["config", "remote.origin.url", origin.url]);
  await fill(place, commit, choices);

  const release = stack.move();
  return { directory, [Symbol.asyncDispose]: () => release.disposeAsync() };
}

/** Clones all history and tags, as in the head's clone. Objects are hard links if the file system allows. */
async function cloneWhole(place: GitPlace, root: string): Promise<void> {
  await gitWork(place, [
    "clone",
    "--quiet",
    "--no-checkout",
    "--template=",
    ...trustingUpload,
    "--",
    root,
    ".",
  ]);
}

async function fetchLocally(place: GitPlace, commit: Sha, source: string, depth: number): Promise<void> {
  await git(place, ["init", "--quiet", "--template=", `--object-format=${formatOf(commit)}`]);
  // The last --depth wins.
  const fetch = [...fetchOne, `--depth=${depth}`, ...trustingUpload, "--", source, commit];
  await gitWork(place, ["-c", "protocol.file.allow=always", ...fetch]);
}

/**
 * Copies what git's template put into the head's clone, mostly sample hooks. A build that copies `.git` then
 * gets the same on both sides. Git never runs the hooks.
 */
async function copyTemplate(source: GitPlace, directory: string): Promise<void> {
  const common = (await git(source, ["rev-parse", "--git-common-dir"])).replace(/\r?\n$/, "");
  for (const name of ["description", "hooks", "info/exclude"]) {
    const from = join(resolve(source.directory, common), name);
    const options = { recursive: true, verbatimSymlinks: true } as const;
    await cp(from, join(directory, ".git", name), options).catch(ignoreMissing);
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

async function fill(place: GitPlace, commit: Sha, choices: CheckoutChoices): Promise<void> {
  const filters = choices.hasLfs ? smudge : pointers;
  const env = choices.hasLfs ? place.env : { ...place.env, GIT_LFS_SKIP_SMUDGE: "1" };
  const filling = { ...place, env };
  if (choices.sparse !== null) {
    await mkdir(join(place.directory, ".git", "info"), { recursive: true });
    await writeFile(join(place.directory, ".git", "info", "sparse-checkout"), choices.sparse.patterns);
    await git(place, ["config", "core.sparseCheckout", "true"]);
    await git(place, ["config", "core.sparseCheckoutCone", String(choices.sparse.isCone)]);
  }
  await gitWork(filling, [...filters, "checkout", "--quiet", "--force", "--detach", commit]);
  if (choices.submodules === "none") return;
  const recursive = choices.submodules === "all" ? ["--recursive"] : [];
  await gitWork(filling, [
    ...filters,
    "submodule",
    "--quiet",
    "update",
    "--init",
    "--force",
    "--depth=1",
    ...recursive,
  ]);
}

/** For the other end of a local transfer, a separate git that checks ownership and wanted objects again. */
const trustingUpload = [
  "--upload-pack",
  "git -c safe.directory=* -c uploadpack.allowAnySHA1InWant=true upload-pack",
] as const;

/** `git lfs install --local`, which actions/checkout runs, sets these only in the user's clone. */
const smudge = [
  "filter.lfs.process=git-lfs filter-process",
  "filter.lfs.smudge=git-lfs smudge -- %f",
  "filter.lfs.required=true",
].flatMap((setting) => ["-c", setting]);

const pointers = ["filter.lfs.process=", "filter.lfs.smudge=", "filter.lfs.required=false"].flatMap(
  (setting) => ["-c", setting],
);
