/**
 * Base images to advise, with the facts that decide whether a program starts on them. As published by
 * https://github.com/GoogleContainerTools/distroless in August 2026 (README.md, and config.bzl of each image).
 */
export interface BaseImage {
  /** without tag */
  readonly name: string;
  /** the platforms' architectures that it is published for */
  readonly architectures: readonly string[];
  /** null: it starts nothing by itself */
  readonly entrypoint: readonly string[] | null;
  /** the C library that it holds; null if it has none */
  readonly libc: "glibc" | null;
  /** the libraries that it holds in a directory that the loader searches; may be incomplete */
  readonly libraries: ReadonlySet<string>;
}

/** libc6 of Debian 13 (glibc 2.41). */
const libc: readonly string[] = [
  ...["libBrokenLocale.so.1", "libanl.so.1", "libc.so.6", "libdl.so.2", "libm.so.6", "libnsl.so.1"],
  ...["libnss_compat.so.2", "libnss_dns.so.2", "libnss_files.so.2", "libpthread.so.0", "libresolv.so.2"],
  ...["librt.so.1", "libthread_db.so.1", "libutil.so.1"],
];
const openssl: readonly string[] = ["libssl.so.3", "libcrypto.so.3", "libz.so.1", "libzstd.so.1"];
const gcc: readonly string[] = ["libstdc++.so.6", "libgcc_s.so.1", "libgomp.so.1"];

const all = ["amd64", "arm64", "arm", "s390x", "ppc64le", "riscv64"];

/** Certificates, time zones, /tmp, and the accounts of `accounts`. No libraries. */
export const distrolessStatic: BaseImage = {
  name: "gcr.io/distroless/static-debian13",
  architectures: all,
  entrypoint: null,
  libc: null,
  libraries: new Set(),
};

export const distrolessBase: BaseImage = {
  ...distrolessStatic,
  name: "gcr.io/distroless/base-debian13",
  libc: "glibc",
  libraries: new Set([...libc, ...openssl]),
};

export const distrolessCc: BaseImage = {
  ...distrolessBase,
  name: "gcr.io/distroless/cc-debian13",
  libraries: new Set([...libc, ...openssl, ...gcc]),
};

export const distrolessPython = {
  ...distrolessCc,
  name: "gcr.io/distroless/python3-debian13",
  architectures: ["amd64", "arm64", "riscv64"],
  entrypoint: ["/usr/bin/python3.13"],
  version: "3.13",
  /** with the same Python and the same C library, to install packages in */
  builder: "python:3.13-slim-trixie",
} as const satisfies BaseImage & { readonly version: string; readonly builder: string };

/** What a Java runtime loads besides itself: glibc, zlib, fonts. */
export const distrolessJavaBase: BaseImage = {
  ...distrolessBase,
  name: "gcr.io/distroless/java-base-debian13",
  architectures: ["amd64", "arm64", "s390x", "ppc64le", "riscv64"],
};

/** Returns the image with the first of its Java versions that is not older; null if there is none near. */
export function distrolessJava(version: number): (BaseImage & { readonly version: number }) | null {
  // Java 17 no longer opens its internals to code of Java 8 and 11 (JEP 403).
  const next = version < 17 ? undefined : [17, 21, 25].find((known) => known >= version);
  if (next === undefined) return null;
  return {
    ...distrolessBase,
    name: `gcr.io/distroless/java${next}-debian13`,
    architectures: ["amd64", "arm64", "s390x", "ppc64le", "riscv64"],
    entrypoint: ["/usr/bin/java", "-jar"],
    version: next,
  };
}

/** Returns the image with the first of its Node.js versions that is not older; null if there is none. */
export function distrolessNode(version: number): (BaseImage & { readonly version: number }) | null {
  const next = [22, 24, 26].find((known) => known >= version);
  if (next === undefined) return null;
  return {
    ...distrolessCc,
    name: `gcr.io/distroless/nodejs${next}-debian13`,
    architectures: ["amd64", "arm64", "s390x", "ppc64le", ...(next === 22 ? ["arm"] : [])],
    entrypoint: ["/nodejs/bin/node"],
    version: next,
  };
}

/** The accounts of all distroless images. */
export const accounts: ReadonlySet<string> = new Set(["root", "nobody", "nonroot"]);

/** A library directory of Debian's loader, by the platform's architecture. */
export const libraryDirectories: ReadonlyMap<string, string> = new Map([
  ["amd64", "/usr/lib/x86_64-linux-gnu"],
  ["arm64", "/usr/lib/aarch64-linux-gnu"],
  ["arm", "/usr/lib/arm-linux-gnueabihf"],
  ["s390x", "/usr/lib/s390x-linux-gnu"],
  ["ppc64le", "/usr/lib/powerpc64le-linux-gnu"],
  ["riscv64", "/usr/lib/riscv64-linux-gnu"],
]);

/** The dynamic loader of Debian, by the platform's architecture. */
export const loaders: ReadonlyMap<string, string> = new Map([
  ["amd64", "/lib64/ld-linux-x86-64.so.2"],
  ["arm64", "/lib/ld-linux-aarch64.so.1"],
  ["arm", "/lib/ld-linux-armhf.so.3"],
  ["s390x", "/lib/ld64.so.1"],
  ["ppc64le", "/lib64/ld64.so.2"],
  ["riscv64", "/lib/ld-linux-riscv64-lp64d.so.1"],
]);
