import { spawn, spawnSync } from "node:child_process";
import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A tar's members as listed by Go's archive/tar, with names in latin1. */
export interface GoListing {
  readonly members: readonly ListedMember[];
  readonly isRefused: boolean;
}

export interface ListedMember {
  readonly path: string;
  readonly linkTarget: string;
  readonly type: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly modified: number;
  /** sha256 of a file's payload; of no bytes for other types */
  readonly payload: string;
}

/** Why tests against Go cannot run here, or null if they can. In CI, a missing Go is an error. */
export const goIsMissing: string | null = reasonWithoutGo();

function reasonWithoutGo(): string | null {
  if (spawnSync("go", ["version"]).status === 0) return null;
  if (process.env.CI) throw new Error("go is not installed, but CI must compare the tar reader with Go's");
  return "go is not installed, so only CI compares the tar reader with Go's";
}

/** Lists archives with Go's archive/tar. Takes many at once, because the program must be compiled first. */
export async function listWithGo(archives: readonly Uint8Array[]): Promise<GoListing[]> {
  await using temporary = await mkdtempDisposable(join(tmpdir(), "go-tar-"));
  const program = join(temporary.path, "list");
  const source = join(import.meta.dirname, "../oracles/tar/main.go");
  const built = spawnSync("go", ["build", "-o", program, source], { encoding: "utf8" });
  if (built.status !== 0) throw new Error(built.stderr);
  const paths = archives.map((_, index) => join(temporary.path, `${index}.tar`));
  for (const [index, bytes] of archives.entries()) await writeFile(paths[index] ?? "", bytes);
  const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(paths.map((path) => `${path}\n`).join(""));
  let answer = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) answer += chunk;
  return answer.trim().split("\n").map(parseListing);
}

function parseListing(line: string): GoListing {
  const listing = JSON.parse(line);
  const latin1 = (base64: string | null) => Buffer.from(base64 ?? "", "base64").toString("latin1");
  return {
    isRefused: listing.Refused,
    members: listing.Members.map((member: Record<string, never>) => ({
      path: latin1(member.Path ?? null),
      linkTarget: latin1(member.LinkTarget ?? null),
      type: member.Type,
      mode: member.Mode,
      uid: member.UID,
      gid: member.GID,
      size: member.Size,
      modified: member.Modified,
      payload: member.Payload,
    })),
  };
}
