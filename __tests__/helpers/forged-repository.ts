import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { testEnvironment } from "./repository.ts";

/** Files by path, as bytes. A pull request may commit them anywhere. */
export type ForgedFiles = ReadonlyMap<string, Buffer>;

/**
 * Returns the files of a git directory whose configuration names its own directory as the working tree. Its
 * branch main holds `tree`. Its branch topic, one commit ahead, is checked out.
 * @param config additional configuration, such as `[core]\n\tsshCommand = …`
 */
export function forgeRepository(tree: Readonly<Record<string, string>>, config = ""): ForgedFiles {
  const home = mkdtempSync(join(realpathSync(tmpdir()), "image-audit-forged-"));
  try {
    const git = (...args: string[]) =>
      execFileSync("git", args, { cwd: home, env: testEnvironment(home), encoding: "utf8" }).trim();
    git("init", "--quiet", "--template=", "--initial-branch=main", ".");
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    }
    git("add", "--all");
    git("commit", "--quiet", "--message", "forged");
    git("switch", "--quiet", "--create", "topic");
    git("commit", "--quiet", "--allow-empty", "--message", "forged");
    const files = new Map<string, Buffer>();
    const inGit = join(home, ".git");
    for (const path of ["HEAD", "index", "refs/heads/main", "refs/heads/topic", ...objectsIn(inGit)]) {
      files.set(path, readFileSync(join(inGit, path)));
    }
    const own = "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n";
    return files.set("config", Buffer.from(own + config));
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** Writes the files below a directory. */
export function plantFiles(directory: string, files: ForgedFiles): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), bytes);
  }
}

function objectsIn(gitDirectory: string): readonly string[] {
  const found = readdirSync(join(gitDirectory, "objects"), { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(gitDirectory.length + 1));
}
