import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mirror } from "./apt.ts";
import { run } from "./run.ts";

/**
 * The packages of one suite of Debian, for one architecture, apart from what this machine has installed. One call at a
 * time: all share a directory.
 */
export interface DebianSuite {
  /** Returns the names of these packages and of all that they depend on. */
  readonly withDependencies: (packages: readonly string[]) => Promise<readonly string[]>;
  /** Downloads exactly these packages and returns the paths of their archives. */
  readonly download: (packages: readonly string[]) => Promise<readonly string[]>;
}

/**
 * Opens a suite of the machine's own mirror without touching the machine's apt lists.
 * @param codename such as trixie
 * @param directory where lists and archives are kept; archives that are there are not downloaded again
 * @param architecture as Debian calls it; null for the machine's own
 */
export async function openDebianSuite(
  codename: string,
  directory: string,
  architecture: string | null = null,
): Promise<DebianSuite> {
  for (const path of ["lists/partial", "cache/archives/partial", "archives"])
    await mkdir(join(directory, path), { recursive: true });
  const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : "";
  await writeFile(join(directory, "sources.list"), `deb ${signed}${await mirror()} ${codename} main\n`);
  // Nothing counts as installed, so that every dependency is found.
  await writeFile(join(directory, "status"), "");
  const options = [
    `Dir::Etc::SourceList=${directory}/sources.list`,
    "Dir::Etc::SourceParts=/dev/null",
    `Dir::State::lists=${directory}/lists`,
    `Dir::State::status=${directory}/status`,
    `Dir::Cache=${directory}/cache`,
    "APT::Sandbox::User=root",
    "Debug::NoLocking=1",
    ...(architecture === null
      ? []
      : [`APT::Architecture=${architecture}`, `APT::Architectures=${architecture}`]),
  ].flatMap((option) => ["-o", option]);
  const apt = (args: readonly string[], cwd = directory) => run("apt-get", [...options, ...args], { cwd });
  await apt(["update"]);
  const archives = join(directory, "archives");
  const withDependencies = async (packages: readonly string[]) => {
    const plan = await apt(["-s", "install", "--no-install-recommends", ...packages]);
    return [...plan.matchAll(/^Inst (\S+) /gm)].map(([, name = ""]) => name.replace(/:.*/, ""));
  };
  const find = async (packages: readonly string[]) => {
    const files = await readdir(archives);
    return packages.map((name) => ({ name, file: files.find((file) => file.startsWith(`${name}_`)) }));
  };
  const download = async (packages: readonly string[]) => {
    const missing = (await find(packages)).filter(({ file }) => file === undefined).map(({ name }) => name);
    if (missing.length > 0) await apt(["download", ...missing], archives);
    return (await find(packages)).map(({ name, file }) => {
      if (file === undefined) throw new Error(`${codename} has no archive of ${name}.`);
      return join(archives, file);
    });
  };
  return { withDependencies, download };
}
