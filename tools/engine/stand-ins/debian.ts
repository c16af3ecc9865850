import { existsSync } from "node:fs";
import { chown, copyFile, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { debianSuite } from "../archives.ts";
import { run } from "../run.ts";

/** Fills the root of the layer that an image adds to its base image. */
export type Fill = (root: string) => Promise<void>;

/** A layer of exactly these packages of Debian 13. */
export function packagesRoot(packages: readonly string[], finish: Fill = async () => {}): Fill {
  return async (root) => {
    const suite = await debianSuite("trixie");
    await unpackWithStatus(await suite.download(packages), root);
    await finish(root);
  };
}

/** A layer with these packages and what they depend on, beyond what the slim image has. */
export function dependenciesRoot(packages: readonly string[]): Fill {
  return async (root) => {
    const suite = await debianSuite("trixie");
    await packagesRoot(await suite.withDependencies(packages))(root);
  };
}

/** The layer of distroless/static: as `static/config.bzl` and `common/BUILD.bazel` of distroless describe it. */
export const distrolessStaticRoot: Fill = async (root) => {
  const suite = await debianSuite("trixie");
  const packages = ["base-files", "netbase", "tzdata", "tzdata-legacy", "media-types"];
  await unpackWithStatus(await suite.download(packages), root);
  const [certificates = ""] = await suite.download(["ca-certificates"]);
  await run("dpkg-deb", ["-x", certificates, root]);
  await addCertificates(root);
  await rm(join(root, "usr/sbin"), { recursive: true });
  await mkdir(join(root, "home/nonroot"), { recursive: true, mode: 0o700 });
  await chown(join(root, "home/nonroot"), 65532, 65532);
  const accounts = [
    "root:x:0:0:root:/root:/sbin/nologin",
    "nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin",
    "nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin",
  ];
  const groups = ["root:x:0:", "nobody:x:65534:", "tty:x:5:", "staff:x:50:", "nonroot:x:65532:"];
  await writeFile(join(root, "etc/passwd"), `${accounts.join("\n")}\n`);
  await writeFile(join(root, "etc/group"), `${groups.join("\n")}\n`);
  await writeFile(join(root, "etc/nsswitch.conf"), "hosts: files dns\n");
  const release = {
    PRETTY_NAME: "Distroless",
    NAME: "Debian GNU/Linux",
    ID: "debian",
    VERSION_ID: "13",
    VERSION: "Debian GNU/Linux 13 (trixie)",
  };
  const lines = Object.entries(release).map(([name, value]) => `${name}="${value}"\n`);
  await rm(join(root, "etc/os-release"));
  await writeFile(join(root, "usr/lib/os-release"), lines.join(""));
  await symlink("../usr/lib/os-release", join(root, "etc/os-release"));
};

/** Does what the package's maintainer script does on a system with a shell. */
async function addCertificates(root: string): Promise<void> {
  const sources = join(root, "usr/share/ca-certificates/mozilla");
  const names = (await readdir(sources)).toSorted();
  const certificates = await Promise.all(names.map((name) => readFile(join(sources, name), "utf8")));
  await mkdir(join(root, "etc/ssl/certs"), { recursive: true });
  await writeFile(join(root, "etc/ssl/certs/ca-certificates.crt"), certificates.join(""));
}

/** A layer with what Debian's minimal image is mostly used for: a shell, its tools, and accounts. No apt. */
export const debianSlimRoot: Fill = async (root) => {
  const suite = await debianSuite("trixie");
  const packages = await suite.withDependencies([
    ...["base-files", "base-passwd", "bash", "coreutils", "dash", "debianutils", "findutils", "grep", "gzip"],
    ...["hostname", "libc-bin", "libstdc++6", "mawk", "passwd", "sed", "tar"],
  ]);
  const archives = await suite.download(packages);
  await unpackWithStatus(archives, root);
  const records = join(root, "var/lib/dpkg/status.d");
  const status: string[] = [];
  for (const name of await readdir(records)) {
    const control = await readFile(join(records, name), "utf8");
    status.push(control.replace("\n", "\nStatus: install ok installed\n"));
  }
  await writeFile(join(root, "var/lib/dpkg/status"), status.join("\n"));
  await rm(records, { recursive: true });
  for (const [from, to] of [
    ["passwd.master", "passwd"],
    ["group.master", "group"],
  ] as const)
    await copyFile(join(root, "usr/share/base-passwd", from), join(root, "etc", to));
  await writeFile(join(root, "etc/shadow"), "root:*:19000:0:99999:7:::\n", { mode: 0o640 });
};

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

/**
 * Adds the certificates that this machine trusts: on some networks, package indices are reached through a proxy
 * that has one of its own.
 */
export async function addMachinesCertificates(root: string): Promise<void> {
  await mkdir(join(root, "etc/ssl/certs"), { recursive: true });
  if (existsSync(certificateBundle)) await copyFile(certificateBundle, join(root, certificateBundle));
}

/** Where Debian and its derivatives keep all trusted certificates as one file. */
export const certificateBundle = "/etc/ssl/certs/ca-certificates.crt";
