import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { run } from "./run.ts";

/** Whether programs can be installed here: Debian or Ubuntu, and we are root. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/** Installs from the machine's own suite what is missing of these programs, or files by their absolute paths. */
export async function installMissing(packageOfProgram: Readonly<Record<string, string>>): Promise<void> {
  const missing = Object.entries(packageOfProgram).filter(([program]) => findProgram(program) === null);
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  console.error(`Installing ${packages.join(", ")} with apt-get.`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // Another apt-get may be at work on a machine that has just started.
  const apt = (...args: string[]) => run("apt-get", ["-o", "DPkg::Lock::Timeout=120", ...args], { env });
  await apt("update");
  await apt("install", "-y", "--no-install-recommends", ...packages);
}

/** Absolute path of a program on the PATH or where administrators' programs are, or null. An absolute path stands for itself. */
export function findProgram(name: string): string | null {
  if (isAbsolute(name)) return existsSync(name) ? name : null;
  const directories = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path)) ?? null;
}

/** `ID` (debian, ubuntu) and `VERSION_CODENAME` (bookworm) of this machine, from os-release(5). */
export async function distribution(): Promise<{ readonly id: string; readonly codename: string }> {
  const text = await readFile("/etc/os-release", "utf8");
  const value = (name: string) => text.match(new RegExp(`^${name}="?([^"\n]*)"?$`, "m"))?.[1] ?? "";
  return { id: value("ID"), codename: value("VERSION_CODENAME") };
}

/** The mirror that the machine's own apt sources name; security suites live elsewhere and have no whole archive. */
export async function mirror(): Promise<string> {
  const format = "$(COMPONENT) $(RELEASE) $(REPO_URI)";
  const text = await run("apt-get", ["indextargets", "--format", format, "Created-By: Packages"]);
  const { codename } = await distribution();
  const uri = text
    .split("\n")
    .map((line) => line.split(" "))
    .find(([component, release]) => component === "main" && release === codename)?.[2];
  if (uri === undefined) throw new Error(`No apt source on this machine has the suite ${codename}.`);
  return uri;
}

/** Downloads these packages of a suite into a directory, and leaves the machine's own apt lists alone. */
export async function downloadPackages(
  packages: readonly string[],
  suite: string,
  directory: string,
): Promise<void> {
  const lists = join(directory, "apt");
  await mkdir(join(lists, "lists/partial"), { recursive: true });
  await mkdir(join(lists, "cache/archives/partial"), { recursive: true });
  const source = join(lists, "sources.list");
  const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : "";
  await writeFile(source, `deb ${signed}${await mirror()} ${suite} main\n`);
  const options = [
    `Dir::Etc::SourceList=${source}`,
    "Dir::Etc::SourceParts=/dev/null",
    `Dir::State::lists=${lists}/lists`,
    `Dir::Cache=${lists}/cache`,
    "APT::Sandbox::User=root",
  ].flatMap((option) => ["-o", option]);
  await run("apt-get", [...options, "update"]);
  await run("apt-get", [...options, "download", ...packages], { cwd: directory });
}
