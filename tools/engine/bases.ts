import { createHash } from "node:crypto";
import { installMissing, isDebian } from "./apt.ts";
import { archived, debianArchive } from "./archives.ts";
import { built, imported, pulled, type Variables } from "./images.ts";
import { distrolessStaticRoot } from "./stand-ins/debian.ts";

// Base images for the tests and the demo, under names of our own. On Debian they are built from its packages,
// without a container registry. Elsewhere they are pulled. Each function creates its image once per engine
// and returns its tag.

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
  return await imported(tag, await archived("distroless.tar", distrolessStaticRoot), changes, variables);
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
