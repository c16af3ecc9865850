import type { ToolKind } from "../inspection.ts";

/** Programs that only a build needs, or an intruder likes to find, by the names that they have. */
const byKind: Readonly<Record<ToolKind, readonly string[]>> = {
  "package-manager": [
    ...[
      "pip",
      "pipx",
      "pipenv",
      "poetry",
      "pdm",
      "uv",
      "uvx",
      "easy_install",
      "conda",
      "mamba",
      "micromamba",
    ],
    ...["npm", "npx", "yarn", "yarnpkg", "pnpm", "pnpx", "corepack"],
    ...["gem", "bundle", "bundler", "cargo", "go", "composer", "mvn", "gradle", "sbt", "lein", "nuget"],
    ...["cpan", "cpanm", "luarocks", "cabal", "stack", "opam", "mix", "rebar3"],
  ],
  compiler: [
    ...["gcc", "g++", "clang", "clang++", "clang-cl", "tcc", "gccgo", "gfortran", "flang", "gdc", "gnat"],
    ...["cc1", "cc1plus", "cc1obj", "lto1", "f951", "go1", "d21", "nvcc", "icc", "icpc"],
    ...[
      "rustc",
      "ghc",
      "javac",
      "kotlinc",
      "scalac",
      "groovyc",
      "swiftc",
      "fpc",
      "ocamlc",
      "ocamlopt",
      "erlc",
    ],
    ...["nasm", "yasm", "gold", "ld.gold", "ld.bfd", "ld.lld", "lld", "mold"],
  ],
  "build-system": [
    ...["make", "gmake", "cmake", "ninja", "meson", "scons", "bazel", "ant", "qmake", "xmake"],
    ...[
      "autoconf",
      "automake",
      "autoreconf",
      "libtool",
      "libtoolize",
      "pkg-config",
      "pkgconf",
      "bison",
      "dpkg-buildpackage",
    ],
  ],
  "version-control": ["git", "hg", "svn", "bzr", "fossil"],
  debugger: ["gdb", "gdbserver", "lldb", "strace", "ltrace", "valgrind", "tcpdump", "dlv"],
  interpreter: ["python", "pypy", "perl", "ruby", "node", "nodejs", "php", "lua", "luajit", "tclsh", "guile"],
  fetcher: [
    ...["curl", "wget", "wget2", "aria2c", "axel", "lftp", "tftp", "ftp", "rsync", "scp", "sftp", "ssh"],
    ...["nc", "ncat", "netcat", "nc.openbsd", "nc.traditional", "socat", "telnet", "nmap"],
  ],
};

/** The kind of each tool by its name. */
export const toolKinds: ReadonlyMap<string, ToolKind> = new Map(
  Object.entries(byKind).flatMap(([kind, names]) => names.map((name) => [name, kind as ToolKind] as const)),
);
