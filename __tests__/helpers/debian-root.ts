import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { distribution, mirror } from "../../tools/engine/apt.ts";
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
  await Promise.all(
    ["lists/partial", "cache/archives/partial", "root"].map((path) =>
      mkdir(join(work, path), { recursive: true }),
    ),
  );
  const { codename } = await distribution();
  const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : "";
  await writeFile(join(work, "sources.list"), `deb ${signed}${await mirror()} ${codename} main\n`);
  // Pretend that nothing is installed, to download all dependencies for any architecture.
  await writeFile(join(work, "status"), "");
  const options = [
    `Dir::Etc::SourceList=${work}/sources.list`,
    "Dir::Etc::SourceParts=/dev/null",
    `Dir::State::lists=${work}/lists`,
    `Dir::State::status=${work}/status`,
    `Dir::Cache=${work}/cache`,
    "APT::Sandbox::User=root",
    `APT::Architecture=${architecture}`,
    `APT::Architectures=${architecture}`,
    "Debug::NoLocking=1",
  ].flatMap((option) => ["-o", option]);
  await run("apt-get", [...options, "update"]);
  await run("apt-get", [...options, "install", "--no-install-recommends", "-y", "-d", ...packages]);
  const archives = join(work, "cache/archives");
  for (const archive of (await readdir(archives)).filter((file) => file.endsWith(".deb"))) {
    await run("dpkg-deb", ["-x", join(archives, archive), join(work, "root")]);
  }
  await rename(join(work, "root"), root);
  await rm(work, { recursive: true });
  return root;
}
