import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../tools/engine/run.ts";

/** A pull request of the demo's repository. */
export interface PullRequest {
  /** name of its files in demo/ */
  readonly name: string;
  readonly title: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly headSha: string;
  readonly baseSha: string;
  /** the commit of refs/pull/N/merge on GitHub */
  readonly mergeSha: string;
  readonly expected: "pass" | "fail";
  /** the policy's level for images that are not distroless */
  readonly distroless: "fail" | "ratchet";
}

export interface DemoRepository extends AsyncDisposable {
  readonly directory: string;
  readonly pullRequests: readonly PullRequest[];
  /** checks out the test merge, detached, like actions/checkout */
  checkOut(pullRequest: PullRequest): Promise<void>;
}

const example = "examples/calculator";

/**
 * Creates a git repository with three versions of the calculator: on a full base image, alone in a second stage, and on
 * Alpine, where it cannot start. Has a pull request that slims the image, one that bloats it, and one that breaks it.
 */
export async function demoRepository(): Promise<DemoRepository> {
  const directory = await mkdtemp(join(tmpdir(), "image-audit-demo-"));
  const git = (...args: readonly string[]) =>
    run("git", [...identity, ...args], { cwd: directory }).then((out) => out.trim());
  const commit = async (dockerfile: string, message: string) => {
    await copyFile(join(example, dockerfile), join(directory, "Dockerfile"));
    await git("add", "--all");
    await git("commit", "--quiet", "--message", message);
    return git("rev-parse", "HEAD");
  };
  const change = async (
    names: Pick<PullRequest, "name" | "title" | "expected" | "distroless"> & { readonly base: string },
    from: string,
    to: string,
  ): Promise<PullRequest> => {
    await git("checkout", "--quiet", "--orphan", names.base);
    for (const file of ["go.mod", "main.go"]) await copyFile(join(example, file), join(directory, file));
    const baseSha = await commit(from, "Add a calculator");
    await git("checkout", "--quiet", "-b", names.name);
    const headSha = await commit(to, names.title);
    await git("checkout", "--quiet", "--detach", names.base);
    await git("merge", "--quiet", "--no-ff", "--message", `Merge ${headSha} into ${baseSha}`, headSha);
    const mergeSha = await git("rev-parse", "HEAD");
    const { name, title, base: baseRef, expected, distroless } = names;
    return { name, title, expected, distroless, headRef: name, baseRef, headSha, baseSha, mergeSha };
  };
  await git("init", "--quiet", "--initial-branch", "none");
  const slim = await change(
    {
      name: "slim",
      title: "Ship the calculator alone, from scratch",
      base: "main",
      expected: "pass",
      distroless: "fail",
    },
    "Dockerfile.full",
    "Dockerfile",
  );
  const full = await change(
    {
      name: "full",
      title: "Build and run on a full base",
      base: "release",
      expected: "fail",
      distroless: "fail",
    },
    "Dockerfile",
    "Dockerfile.full",
  );
  const alpine = await change(
    {
      name: "alpine",
      title: "Run on Alpine, to reduce the image size",
      base: "develop",
      expected: "fail",
      distroless: "ratchet",
    },
    "Dockerfile.full",
    "Dockerfile.alpine",
  );
  return {
    directory,
    pullRequests: [slim, full, alpine],
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
