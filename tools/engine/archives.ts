import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { distribution, downloadPackages, installMissing, mirror } from "./apt.ts";
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
    const downloads = join(cache, "packages");
    await downloadPackages(["base-files", "ca-certificates", "netbase", "tzdata"], codename, downloads);
    const records = join(root, "var/lib/dpkg/status.d");
    await mkdir(records, { recursive: true });
    for (const file of (await readdir(downloads)).filter((name) => name.endsWith(".deb"))) {
      const archive = join(downloads, file);
      await run("dpkg-deb", ["-x", archive, root]);
      await writeFile(join(records, file.replace(/_.*/, "")), await run("dpkg-deb", ["-f", archive]));
    }
    await rm(downloads, { recursive: true });
    await addCertificates(root);
    await mkdir(join(root, "home/nonroot"), { recursive: true });
    await writeFile(join(root, "etc/passwd"), passwd);
    await writeFile(join(root, "etc/group"), "root:x:0:\nnonroot:x:65532:\n");
  });
}

const passwd =
  "root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n";

/** Does what the package's maintainer script does on a system with a shell. */
async function addCertificates(root: string): Promise<void> {
  const sources = join(root, "usr/share/ca-certificates/mozilla");
  const names = (await readdir(sources)).toSorted();
  const certificates = await Promise.all(names.map((name) => readFile(join(sources, name), "utf8")));
  await mkdir(join(root, "etc/ssl/certs"), { recursive: true });
  await writeFile(join(root, "etc/ssl/certs/ca-certificates.crt"), certificates.join(""));
}

/** Creates a root filesystem and keeps it as an archive, so that every engine gets the same bytes. */
async function archived(name: string, fill: (root: string) => Promise<void>): Promise<string> {
  const archive = join(cache, name);
  if (existsSync(archive)) return archive;
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
  return archive;
}
