import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
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

/** Returns the path of a tar with a root filesystem like that of distroless/static. */
export function distrolessArchive(): Promise<string> {
  return archived("distroless.tar", async (root) => {
    const { codename } = await distribution();
    const suite = await debianSuite(codename);
    const packages = ["base-files", "ca-certificates", "netbase", "tzdata"];
    await unpackWithStatus(await suite.download(packages), root);
    await addCertificates(root);
    await mkdir(join(root, "home/nonroot"), { recursive: true });
    await writeFile(join(root, "etc/passwd"), passwd);
    await writeFile(join(root, "etc/group"), "root:x:0:\nnonroot:x:65532:\n");
  });
}

const passwd =
  "root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n";

/** Returns a suite of the machine's own architecture, whose archives are kept between runs. */
export function debianSuite(codename: string): Promise<DebianSuite> {
  const known = suites.get(codename) ?? openDebianSuite(codename, join(cache, "suites", codename));
  suites.set(codename, known);
  return known;
}

const suites = new Map<string, Promise<DebianSuite>>();

/** Unpacks archives without running their scripts, and records each in status.d as distroless images do. */
export async function unpackWithStatus(archives: readonly string[], root: string): Promise<void> {
  const records = join(root, "var/lib/dpkg/status.d");
  await mkdir(records, { recursive: true });
  for (const archive of archives) {
    await run("dpkg-deb", ["-x", archive, root]);
    const control = await run("dpkg-deb", ["-f", archive]);
    await writeFile(join(records, basename(archive).replace(/_.*/, "")), control);
  }
}

/** Does what the package's maintainer script does on a system with a shell. */
export async function addCertificates(root: string): Promise<void> {
  const sources = join(root, "usr/share/ca-certificates/mozilla");
  const names = (await readdir(sources)).toSorted();
  const certificates = await Promise.all(names.map((name) => readFile(join(sources, name), "utf8")));
  await mkdir(join(root, "etc/ssl/certs"), { recursive: true });
  await writeFile(join(root, "etc/ssl/certs/ca-certificates.crt"), certificates.join(""));
}

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
