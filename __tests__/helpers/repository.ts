import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isSha, type Sha } from "../../src/git/sha.ts";

/** A real repository in a temporary directory, and the operations that tests need. */
export interface TestRepository extends Disposable {
  readonly directory: string;
  /** runs git there; returns its output without the final newline */
  git(...args: string[]): string;
  write(path: string, text: string): void;
  /** writes files (null removes one), commits everything, and returns the commit */
  commit(files: Readonly<Record<string, string | null>>): Sha;
  /** creates a branch here and switches to it */
  branch(name: string): void;
  switch(name: string): void;
  /** merges into the current branch, with a merge commit */
  merge(name: string): Sha;
  tip(ref?: string): Sha;
  /** clones by file:// like actions/checkout: one commit, detached */
  shallowClone(ref: string, depth?: number): TestRepository;
  /** clones with all history */
  clone(): TestRepository;
}

/**
 * Creates an empty repository with the branch main. Like GitHub, it serves every commit that is requested by
 * hash.
 */
export function makeRepository(): TestRepository {
  const home = mkdtempSync(join(realpathSync(tmpdir()), "image-audit-test-"));
  const repository = repositoryIn(home);
  repository.git("init", "--quiet", "--initial-branch=main");
  repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
  repository.git("config", "uploadpack.allowFilter", "true");
  return repository;
}

function repositoryIn(home: string): TestRepository {
  const directory = join(home, "repository with ünicode");
  mkdirSync(directory, { recursive: true });
  const url = pathToFileURL(directory).href;
  const git = (...args: string[]) =>
    execFileSync("git", args, {
      cwd: directory,
      env: testEnvironment(home),
      encoding: "utf8",
      stdio: "pipe",
    }).trimEnd();
  const tip = (ref = "HEAD"): Sha => {
    const commit = git("rev-parse", `${ref}^{commit}`);
    if (!isSha(commit)) throw new Error(`${ref} is not a commit`);
    return commit;
  };
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  };
  return {
    directory,
    git,
    tip,
    write,
    commit(files) {
      for (const [path, text] of Object.entries(files)) {
        if (text === null) rmSync(join(directory, path));
        else write(path, text);
      }
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", "change");
      return tip();
    },
    branch: (name) => void git("switch", "--quiet", "--create", name),
    switch: (name) => void git("switch", "--quiet", name),
    merge(name) {
      git("merge", "--quiet", "--no-ff", "--no-edit", name);
      return tip();
    },
    shallowClone(ref, depth = 1) {
      const clone = repositoryIn(mkdtempSync(join(realpathSync(tmpdir()), "image-audit-test-")));
      clone.git("init", "--quiet", "--initial-branch=main");
      clone.git("remote", "add", "origin", url);
      clone.git("fetch", "--quiet", "--no-tags", `--depth=${depth}`, "origin", tip(ref));
      clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD");
      return clone;
    },
    clone() {
      const clone = repositoryIn(mkdtempSync(join(realpathSync(tmpdir()), "image-audit-test-")));
      clone.git("clone", "--quiet", url, ".");
      return clone;
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Returns an environment for git without the settings of the user who runs the tests. */
export function testEnvironment(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Test",
    GIT_AUTHOR_EMAIL: "test@example.com",
    GIT_COMMITTER_NAME: "Test",
    GIT_COMMITTER_EMAIL: "test@example.com",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "protocol.file.allow",
    GIT_CONFIG_VALUE_0: "always",
  };
}
