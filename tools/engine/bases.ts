import { createHash } from "node:crypto";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canInstall, distribution, installMissing } from "./apt.ts";
import { debianArchive, distrolessArchive } from "./archives.ts";
import { run, succeeds } from "./run.ts";

// Base images for the tests and the demo, under names of our own. On Debian they are built from its packages,
// without a container registry. Elsewhere they are pulled. Each function creates its image once per engine
// and returns its tag.

type Variables = Readonly<NodeJS.ProcessEnv>;

/** Provides a shell and small tools in about 2 MB, like Alpine, with `sh` at /bin/sh. */
export async function busyboxBase(variables: Variables): Promise<string> {
  const tag = "image-audit-test/busybox";
  if (!(await isDebian())) return await pulled("busybox:stable", tag, variables);
  await installMissing({ busybox: "busybox-static" });
  const dockerfile = [
    "FROM scratch",
    "COPY busybox /bin/busybox",
    'RUN ["/bin/busybox", "--install", "-s", "/bin"]',
    "ENV PATH=/bin",
    'CMD ["sh"]',
  ];
  return await built(tag, dockerfile, variables, { busybox: "/bin/busybox" });
}

/** Provides Debian's minimal system, about 170 MB: bash, dash, apt, dpkg, perl-base. */
export async function debianBase(variables: Variables): Promise<string> {
  const tag = "image-audit-test/debian";
  if (!(await isDebian())) return await pulled("debian:stable-slim", tag, variables);
  return await imported(tag, await debianArchive(), ['CMD ["bash"]'], variables);
}

/**
 * Provides an image like distroless/static: no shell; certificates, time zones, user nonroot, packages in
 * status.d.
 */
export async function distrolessBase(variables: Variables): Promise<string> {
  const tag = "image-audit-test/distroless";
  if (!(await isDebian())) return await pulled("gcr.io/distroless/static-debian12:nonroot", tag, variables);
  const changes = [
    "USER 65532",
    "WORKDIR /home/nonroot",
    "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt",
  ];
  return await imported(tag, await distrolessArchive(), changes, variables);
}

/** Provides the Debian image with more Debian packages, installed the way Dockerfiles install them. */
export async function debianWith(packages: readonly string[], variables: Variables): Promise<string> {
  const names = packages.toSorted().join(" ");
  // Apt's downloads are a third of the bytes, and every test that reads the image would read them.
  const steps = [
    "apt-get update",
    `DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${names}`,
    "rm -rf /var/lib/apt/lists/* /var/cache/apt/*",
  ];
  const dockerfile = [`FROM ${await debianBase(variables)}`, `RUN ${steps.join(" && ")}`];
  const hash = createHash("sha256").update(steps.join()).digest("hex").slice(0, 12);
  return await built(`image-audit-test/debian-with:${hash}`, dockerfile, variables);
}

async function isDebian(): Promise<boolean> {
  return canInstall() && (await distribution()).id === "debian";
}

async function pulled(name: string, tag: string, variables: Variables): Promise<string> {
  if (await isThere(tag, variables)) return tag;
  await docker(variables, "pull", "--quiet", name);
  await docker(variables, "tag", name, tag);
  return tag;
}

/** @param files source path by name in the build context */
async function built(
  tag: string,
  dockerfile: readonly string[],
  variables: Variables,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  if (await isThere(tag, variables)) return tag;
  const context = await mkdtemp(join(tmpdir(), "image-audit-base-"));
  try {
    await writeFile(join(context, "Dockerfile"), `${dockerfile.join("\n")}\n`);
    for (const [name, path] of Object.entries(files)) await cp(path, join(context, name));
    await docker(
      variables,
      "buildx",
      "build",
      "--quiet",
      "--provenance=false",
      "--load",
      "--tag",
      tag,
      context,
    );
    return tag;
  } finally {
    await rm(context, { recursive: true });
  }
}

async function imported(
  tag: string,
  archive: string,
  changes: readonly string[],
  variables: Variables,
): Promise<string> {
  if (await isThere(tag, variables)) return tag;
  await docker(variables, "import", ...changes.flatMap((change) => ["--change", change]), archive, tag);
  return tag;
}

function isThere(tag: string, variables: Variables): Promise<boolean> {
  return succeeds("docker", ["image", "inspect", tag], { env: { ...process.env, ...variables } });
}

function docker(variables: Variables, ...args: readonly string[]): Promise<string> {
  return run("docker", args, { env: { ...process.env, ...variables } });
}
