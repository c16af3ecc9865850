import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../tools/engine/run.ts";
import type { Change, Example } from "./example.ts";

/** A pull request of the demo's repository. */
export interface PullRequest extends Change {
  readonly headSha: string;
  readonly baseSha: string;
  /** the commit of refs/pull/N/merge on GitHub */
  readonly mergeSha: string;
}

export interface DemoRepository extends AsyncDisposable {
  readonly directory: string;
  readonly pullRequests: readonly PullRequest[];
  /** checks out the test merge, detached, like actions/checkout */
  checkOut(pullRequest: PullRequest): Promise<void>;
}

/** Creates a git repository with the example's pull requests. */
export async function demoRepository({ name, sources, changes }: Example): Promise<DemoRepository> {
  const directory = await mkdtemp(join(tmpdir(), "image-audit-demo-"));
  const copy = (file: string, target: string) =>
    copyFile(join("examples", name, file), join(directory, target));
  const git = (...args: readonly string[]) =>
    run("git", [...identity, ...args], { cwd: directory }).then((out) => out.trim());
  const commit = async (dockerfile: string, message: string) => {
    await copy(dockerfile, "Dockerfile");
    await git("add", "--all");
    await git("commit", "--quiet", "--message", message);
    return git("rev-parse", "HEAD");
  };
  const open = async (change: Change): Promise<PullRequest> => {
    await git("checkout", "--quiet", "--orphan", change.base);
    for (const file of sources) await copy(file, file);
    const baseSha = await commit(change.from, `Add a ${name}`);
    await git("checkout", "--quiet", "-b", change.name);
    const headSha = await commit(change.to, change.title);
    await git("checkout", "--quiet", "--detach", change.base);
    await git("merge", "--quiet", "--no-ff", "--message", `Merge ${headSha} into ${baseSha}`, headSha);
    return { ...change, headSha, baseSha, mergeSha: await git("rev-parse", "HEAD") };
  };
  await git("init", "--quiet", "--initial-branch", "none");
  const pullRequests: PullRequest[] = [];
  for (const change of changes) pullRequests.push(await open(change));
  return {
    directory,
    pullRequests,
    checkOut: async ({ mergeSha }) => {
      await git("checkout", "--quiet", "--detach", mergeSha);
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

const identity = [
  "-c",
  "user.name=Demo",
  "-c",
  "user.email=demo@example.com",
  "-c",
  "commit.gpgSign=false",
  "-c",
  "core.hooksPath=/dev/null",
];
