import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { distribution } from "../../tools/engine/apt.ts";
import { openDebianSuite } from "../../tools/engine/debian-suite.ts";
import { engineDirectory } from "../../tools/engine/places.ts";
import { run } from "../../tools/engine/run.ts";

/**
 * Returns a directory with Debian packages and their dependencies, unpacked, without having run their
 * scripts. It is created once and kept. Change only a copy of it.
 */
export async function debianRoot(
  name: string,
  packages: readonly string[],
  architecture: string,
): Promise<string> {
  const root = join(engineDirectory, "cache", `${name}.root`);
  if (existsSync(root)) return root;
  const work = `${root}.partial`;
  await rm(work, { recursive: true, force: true });
  await mkdir(join(work, "root"), { recursive: true });
  const suite = await openDebianSuite((await distribution()).codename, join(work, "suite"), architecture);
  for (const archive of await suite.download(await suite.withDependencies(packages))) {
    await run("dpkg-deb", ["-x", archive, join(work, "root")]);
  }
  await rename(join(work, "root"), root);
  await rm(work, { recursive: true });
  return root;
}
