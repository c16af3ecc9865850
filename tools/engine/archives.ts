import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { distribution, installMissing, mirror } from "./apt.ts";
import { type DebianSuite, openDebianSuite } from "./debian-suite.ts";
import { locked } from "./lock.ts";
import { engineDirectory } from "./places.ts";
import { run } from "./run.ts";

const cache = join(engineDirectory, "cache");

/** Returns the path of a tar with Debian's minimal system, from the suite of this machine. */
export function debianArchive(): Promise<string> {
  return archived("debian.tar", async (root) => {
    await installMissing({ debootstrap: "debootstrap" });
    const { codename } = await distribution();
    console.error(`Making a minimal Debian ${codename}, once; this takes half a minute.`);
    await run("debootstrap", ["--variant=minbase", codename, root, await mirror()]);
    // As in Docker's Debian image: a failed layer is thrown away, so dpkg need not wait for the disk.
    await writeFile(join(root, "etc/dpkg/dpkg.cfg.d/docker-apt-speedup"), "force-unsafe-io\n");
  });
}

/** Returns a suite of the machine's own architecture, whose archives are kept between runs. */
export function debianSuite(codename: string): Promise<DebianSuite> {
  const known = suites.get(codename) ?? openDebianSuite(codename, join(cache, "suites", codename));
  suites.set(codename, known);
  return known;
}

const suites = new Map<string, Promise<DebianSuite>>();

/** Creates a root filesystem and keeps it as an archive, so that every engine gets the same bytes. */
export async function archived(name: string, fill: (root: string) => Promise<void>): Promise<string> {
  const archive = join(cache, name);
  if (!existsSync(archive)) await locked("archives", () => makeArchive(archive, fill));
  return archive;
}

async function makeArchive(archive: string, fill: (root: string) => Promise<void>): Promise<void> {
  if (existsSync(archive)) return;
  const root = `${archive}.root`;
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  await fill(root);
  const unwanted = ["./dev/*", "./var/cache/apt/archives/*.deb"].map((pattern) => `--exclude=${pattern}`);
  await run("tar", [
    "-C",
    root,
    ...unwanted,
    "--sort=name",
    "--numeric-owner",
    "-cf",
    `${archive}.partial`,
    ".",
  ]);
  await rm(root, { recursive: true });
  await rename(`${archive}.partial`, archive);
}
