import { mkdir, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { debianSuite } from "../archives.ts";
import { run } from "../run.ts";
import { type Fill, unpackWithStatus } from "./debian.ts";

/** A layer with the OpenJDK of Debian: Java 17 is the one of Debian 12. */
export function javaRoot(version: 17 | 21 | 25, packages: readonly string[] = []): Fill {
  return async (root) => {
    const suite = await debianSuite(version === 17 ? "bookworm" : "trixie");
    const runtime = await suite.download([`openjdk-${version}-jre-headless`]);
    const libraries = await (await debianSuite("trixie")).download(packages);
    await unpackWithStatus([...libraries, ...runtime], root);
    await mkdir(join(root, "usr/bin"), { recursive: true });
    await symlink(
      `/usr/lib/jvm/java-${version}-openjdk-${await debianArchitecture()}/bin/java`,
      join(root, "usr/bin/java"),
    );
  };
}

/** A layer with a JRE or a JDK in /opt/java/openjdk, as in Eclipse Temurin's images. */
export function temurinRoot(version: 21, kind: "jre" | "jdk"): Fill {
  return async (root) => {
    const suite = await debianSuite("trixie");
    const names = ["jre", ...(kind === "jdk" ? ["jdk"] : [])].map(
      (part) => `openjdk-${version}-${part}-headless`,
    );
    await unpackWithStatus(await suite.download(names), root);
    await mkdir(join(root, "opt/java"), { recursive: true });
    const home = join(root, `usr/lib/jvm/java-${version}-openjdk-${await debianArchitecture()}`);
    await rename(home, join(root, "opt/java/openjdk"));
    await writeFile(join(root, "__cacert_entrypoint.sh"), '#!/usr/bin/env bash\nset -e\nexec "$@"\n', {
      mode: 0o755,
    });
  };
}

/** The packages of Java's distroless images, as `java/config.bzl` lists them. */
export const javaPackages: readonly string[] = [
  ...["zlib1g", "libjpeg62-turbo", "liblcms2-2", "libfreetype6", "fonts-dejavu-core", "fontconfig-config"],
  ...["libexpat1", "libfontconfig1", "libuuid1", "libbrotli1", "libcrypt1", "libstdc++6", "libgcc-s1"],
  ...["gcc-14-base", "libpng16-16t64", "libbz2-1.0"],
];

async function debianArchitecture(): Promise<string> {
  return (await run("dpkg", ["--print-architecture"])).trim();
}
