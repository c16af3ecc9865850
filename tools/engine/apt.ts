import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { locked } from "./lock.ts";
import { run } from "./run.ts";

/** Reports whether programs can be installed here: on Debian or Ubuntu, as root. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/**
 * Installs the missing ones of these programs, or of files by absolute path, from the machine's own suite.
 */
export async function installMissing(packageOfProgram: Readonly<Record<string, string>>): Promise<void> {
  if (missingOf(packageOfProgram).length === 0) return;
  // Apt's own lock on the lists cannot be waited for, and tests run at the same time.
  await locked("apt", async () => {
    const packages = missingOf(packageOfProgram);
    if (packages.length > 0) await install(packages);
  });
}

/** Returns the packages of the programs that are missing. */
function missingOf(packageOfProgram: Readonly<Record<string, string>>): readonly string[] {
  const missing = Object.entries(packageOfProgram).filter(([program]) => findProgram(program) === null);
  return missing.map(([, name]) => name);
}

async function install(packages: readonly string[]): Promise<void> {
  console.error(`Installing ${packages.join(", ")} with apt-get.`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // Another apt-get may be running on a machine that has just booted.
  const apt = (...args: string[]) => run("apt-get", ["-o", "DPkg::Lock::Timeout=120", ...args], { env });
  await apt("update");
  await apt("install", "-y", "--no-install-recommends", ...packages);
}

/**
 * Returns the absolute path of a program on the PATH or in an sbin directory, or null. Accepts absolute paths
 * too.
 */
export function findProgram(name: string): string | null {
  if (isAbsolute(name)) return existsSync(name) ? name : null;
  const directories = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path)) ?? null;
}

/** Returns `ID` (debian, ubuntu) and `VERSION_CODENAME` (bookworm) of this machine, from os-release(5). */
export async function distribution(): Promise<{ readonly id: string; readonly codename: string }> {
  const text = await readFile("/etc/os-release", "utf8");
  const value = (name: string) => text.match(new RegExp(`^${name}="?([^"\n]*)"?$`, "m"))?.[1] ?? "";
  return { id: value("ID"), codename: value("VERSION_CODENAME") };
}

/** Reports whether images can be made of Debian's packages here. */
export async function isDebian(): Promise<boolean> {
  return canInstall() && (await distribution()).id === "debian";
}

/**
 * Returns the mirror in the machine's own apt sources. Mirrors of security suites do not have the whole
 * archive.
 */
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
