import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { distribution, findProgram, installMissing } from "./apt.ts";
import { openDebianSuite } from "./debian-suite.ts";
import { engineDirectory } from "./places.ts";
import { run, succeeds } from "./run.ts";

/** The programs of an engine. `path` must be first on PATH; `buildx` is the client's plugin. */
export interface Programs {
  readonly path: string;
  readonly buildx: string;
}

const packages = ["docker.io", "docker-cli", "docker-buildx", "containerd"];
const plugins = [
  "/usr/libexec/docker/cli-plugins/docker-buildx",
  "/usr/lib/docker/cli-plugins/docker-buildx",
  "/usr/local/lib/docker/cli-plugins/docker-buildx",
];

/**
 * Returns the machine's own engine if it is complete, or else Debian's newest, unpacked beside it. Quick if
 * it is installed already.
 */
export async function installPrograms(): Promise<Programs> {
  await installMissing({
    runc: "runc",
    iptables: "iptables",
    ip: "iproute2",
    busybox: "busybox-static",
  });
  return (await machinesOwn()) ?? (await unpacked());
}

async function machinesOwn(): Promise<Programs | null> {
  const buildx = plugins.find((plugin) => existsSync(plugin));
  if (buildx === undefined || findProgram("docker") === null || findProgram("containerd") === null)
    return null;
  return (await succeeds("dockerd", ["--version"])) ? { path: process.env.PATH ?? "", buildx } : null;
}

async function unpacked(): Promise<Programs> {
  const root = join(engineDirectory, "root");
  if (!existsSync(root)) await unpack(root);
  return {
    path: ["usr/bin", "usr/sbin"].map((directory) => join(root, directory)).join(delimiter),
    buildx: join(root, "usr/libexec/docker/cli-plugins/docker-buildx"),
  };
}

/**
 * Unpacks the packages of an engine. The engine in Debian stable is too old for buildx. The one in sid needs
 * nothing from the machine but its libc. Ubuntu's own suites are new enough. The version is not pinned: code
 * that depends on a feature checks for it.
 */
async function unpack(root: string): Promise<void> {
  const { id, codename } = await distribution();
  const downloads = join(engineDirectory, "downloads");
  await rm(downloads, { recursive: true, force: true });
  const suite = await openDebianSuite(id === "debian" ? "sid" : codename, downloads);
  const partial = `${root}.partial`;
  await rm(partial, { recursive: true, force: true });
  for (const archive of await suite.download(packages)) {
    await run("dpkg-deb", ["-x", archive, partial]);
    console.error(`Unpacked ${(await run("dpkg-deb", ["-W", archive])).trim().replace("\t", " ")}.`);
  }
  await rename(partial, root);
  await rm(downloads, { recursive: true });
}
