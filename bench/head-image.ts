import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { succeeds } from "../tools/engine/run.ts";
import type { Place } from "./base-image.ts";
import { timed } from "./command.ts";
import { elfHead, headSize } from "./content.ts";

/** Bytes that a head adds to its base. */
export const headBytes = 20_000_000;
const headFiles = 20;
/** How many of a head's files are programs; they are the first ones. */
const headPrograms = 5;

export interface HeadImage extends AsyncDisposable {
  readonly reference: string;
}

/**
 * Builds `FROM base` with one layer that no engine and no audit has seen. Disposing of it removes the image
 * and what the builder cached of it.
 */
export async function buildHead(base: string, { env }: Place, signal: AbortSignal): Promise<HeadImage> {
  const token = randomUUID();
  const reference = `image-audit-bench/head:${token}`;
  const directory = await mkdtemp(join(tmpdir(), "image-audit-bench-"));
  const remove = async () => {
    await rm(directory, { recursive: true, force: true });
    await succeeds("docker", ["image", "rm", reference], { env });
    await succeeds("docker", ["buildx", "prune", "--force", "--filter", `description~=${token}`], { env });
  };
  try {
    // Always the same name: BuildKit then keeps one copy of the transferred files instead of one for each
    // head.
    const context = join(directory, "image-audit-bench-head");
    await mkdir(join(context, token), { recursive: true });
    for (let index = 0; index < headFiles; index++)
      await writeNew(join(context, token, `file-${index}`), index);
    await writeFile(join(context, "Dockerfile"), `FROM ${base}\nCOPY ${token} /srv/${token}\n`);
    const flags = ["--quiet", "--provenance=false", "--load", "--tag", reference];
    await timed("docker", ["buildx", "build", ...flags, context], { env, signal });
    return { reference, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Writes random bytes; in programs, after an ELF header. */
async function writeNew(path: string, index: number): Promise<void> {
  const bytes = randomBytes(headBytes / headFiles);
  if (index < headPrograms) {
    await using node = await open(process.execPath);
    await node.read(bytes, 0, headSize, 0);
    elfHead(bytes).copy(bytes);
  }
  await writeFile(path, bytes, { mode: index < headPrograms ? 0o755 : 0o644 });
}
