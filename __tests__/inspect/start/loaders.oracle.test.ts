import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { canInstall, distribution, installMissing } from "../../../tools/engine/apt.ts";
import { debianRoot } from "../../helpers/debian-root.ts";
import { filesystemOf } from "../../helpers/directory-tree.ts";
import { type Answers, type Asked, askLoader, elfPaths } from "../../helpers/loader-oracle.ts";

// Real programs and libraries of Debian, in roots that are whole or not: what their own loader says that it
// would load is what is told from the bytes. readelf reads the bytes, so that this does not depend on our own
// reader.

const packages = (
  "libc-bin coreutils util-linux git curl gnupg openssh-client imagemagick nginx-light samba-common-bin systemd pulseaudio " +
  "bind9-dnsutils gdb musl openjdk-17-jre-headless python3 perl"
).split(" ");

const foreign =
  "libc-bin coreutils git curl gnupg openssh-client samba-common-bin pulseaudio bind9-dnsutils python3 perl musl".split(
    " ",
  );
const emulator = "/qemu-of-the-test";

const glibc = "/lib64/ld-linux-x86-64.so.2";
const musl = "/lib/ld-musl-x86_64.so.1";

const isDebian12 = canInstall() && process.arch === "x64" && (await distribution()).codename === "bookworm";
if (!isDebian12)
  console.error(
    "NOT TESTED: loaders are those of Debian 12 for x86-64, and its packages are not to be had here.",
  );

/** Compares 17,000 pairs instead of an eighth of them, and programs for arm64: four minutes more on two cores. */
const isWhole = process.env["ALL_PROGRAMS"] === "1";
const part = isWhole ? 1 : 0.12;

// Downloads some 300 MB of packages, once.
describe.runIf(isDebian12)("loaders of Debian 12", () => {
  let amd64 = "";
  const asked = new Map<string, number>();

  beforeAll(async () => {
    await installMissing({ patchelf: "patchelf", readelf: "binutils", "/bin/busybox": "busybox-static" });
    amd64 = await debianRoot("loaders-amd64", packages, "amd64");
  }, 900_000);

  /** Each in a copy of its own, which costs next to nothing as files are hard links. */
  async function compare(
    name: string,
    change: (tree: Tree) => Omit<Asked, "root" | "filesystem" | "paths" | "loader"> & {
      readonly loader?: string;
      readonly share?: number;
    },
    { original, machine }: { readonly original: string; readonly machine: number } = {
      original: amd64,
      machine: 62,
    },
  ): Promise<void> {
    const root = join(dirname(original), `loaders-of-${name.replace(/\W+/g, "-")}.root`);
    rmSync(root, { recursive: true, force: true });
    execFileSync("cp", ["-al", original, root]);
    try {
      const tree = new Tree(
        root,
        [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7),
      );
      const { share = 1, loader = glibc, ...rest } = change(tree);
      const filesystem = filesystemOf(root);
      const paths = elfPaths(filesystem, (elf, path) => {
        const isLibc = /^(?:ld-.*|libc\.so.*|busybox.*|qemu.*)$/.test(basename(path));
        return (
          elf.class === 64 &&
          elf.machine === machine &&
          elf.type !== 1 &&
          elf.dynamic?.needed !== undefined &&
          !isLibc
        );
      }).filter(
        (path) => !tree.unreadable.has(path) && !path.startsWith("opt/") && tree.random() < share * part,
      );
      const answers = await askLoader({ root, filesystem, loader, paths, ...rest });
      asked.set(name, answers.length);
      console.log(
        `${name}: ${answers.length} programs and libraries, ` +
          `${answers.reduce((sum, { theirs }) => sum + theirs.length, 0)} lines, of which not found ` +
          `${answers.flatMap(({ theirs }) => theirs).filter((line) => line.endsWith("not found")).length}, versions ` +
          `${answers.flatMap(({ theirs }) => theirs).filter((line) => line.includes(" lacks ")).length}, breaks ` +
          `${answers.filter(({ theirs }) => theirs[0] === "breaks").length}`,
      );
      expect(answers.length).toBeGreaterThan(20);
      expect(answers.flatMap(differences).slice(0, 20)).toEqual([]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }

  test("whole, without a cache", () => compare("without a cache", () => ({})));

  test("whole, with a cache", () =>
    compare("with a cache", (tree) => {
      tree.cache();
      return {};
    }));

  test("with a cache of libraries that are gone", () =>
    compare("libraries gone", (tree) => {
      tree.cache();
      for (const path of tree.libraries(0.1)) tree.remove(path);
      return { share: 0.5 };
    }));

  test("with /usr merged, and libraries in a directory that only the cache knows", () =>
    compare("merged usr", (tree) => {
      for (const name of ["bin", "sbin", "lib", "lib64"]) tree.mergeIntoUsr(name);
      tree.directory("opt/known");
      for (const path of tree.libraries(0.2)) tree.move(path, `opt/known/${basename(path)}`);
      tree.write("etc/ld.so.conf.d/known.conf", "/opt/known\n");
      tree.cache();
      return { share: 0.5 };
    }));

  test("with a directory of ld.so.conf that is not in the cache", () =>
    compare("unknown directory", (tree) => {
      tree.cache();
      tree.directory("opt/unknown");
      for (const path of tree.libraries(0.1)) tree.move(path, `opt/unknown/${basename(path)}`);
      tree.write("etc/ld.so.conf.d/unknown.conf", "/opt/unknown\n");
      return { share: 0.3 };
    }));

  test("with LD_LIBRARY_PATH, its tokens and separators, and LD_PRELOAD", () =>
    compare("library path", (tree) => {
      tree.cache();
      for (const directory of ["opt/one", "opt/two/lib/x86_64-linux-gnu", "opt/three"]) {
        tree.directory(directory);
        for (const path of tree.libraries(0.05)) tree.move(path, `${directory}/${basename(path)}`);
        // The same file by another path, which is loaded once.
        for (const path of tree.libraries(0.03)) tree.link(path, `${directory}/${basename(path)}`);
      }
      return {
        share: 0.5,
        environment: {
          LD_LIBRARY_PATH: "/opt/one/;/opt/two/$LIB:/opt/none:opt//three:${ORIGIN}/private:/opt/$OTHER",
          LD_PRELOAD: "libz.so.1 /opt/none.so:libgcrypt.so.20",
        },
      };
    }));

  test("with an empty element of LD_LIBRARY_PATH, which is the working directory", () =>
    compare("working directory", (tree) => {
      for (const path of tree.libraries(0.1)) tree.move(path, basename(path));
      return { share: 0.3, environment: { LD_LIBRARY_PATH: "/opt/none::/opt" } };
    }));

  test("with files of other machines and classes, which are passed over", () =>
    compare("other machines", (tree) => {
      tree.directory("opt/other");
      for (const path of tree.libraries(0.3)) {
        tree.copy(path, `opt/other/${basename(path)}`, (bytes) => {
          if (tree.random() < 0.5) bytes.writeUInt16LE(183, 18);
          else bytes.writeUInt8(1, 4);
        });
      }
      for (const path of tree.libraries(0.05)) tree.copy(path, path, (bytes) => bytes.writeUInt16LE(183, 18));
      return { share: 0.5, environment: { LD_LIBRARY_PATH: "/opt/other" } };
    }));

  test("with files that are no libraries, which nothing passes over", () =>
    compare("no libraries", (tree) => {
      tree.directory("opt/text");
      for (const path of tree.libraries(0.02))
        tree.write(`opt/text/${basename(path)}`, "INPUT(libx.so.1 AS_NEEDED)\n".repeat(9));
      for (const path of tree.libraries(0.01)) tree.write(`opt/text/${basename(path)}`, "");
      for (const path of tree.libraries(0.01)) tree.directory(`opt/text/${basename(path)}`);
      for (const path of tree.libraries(0.01))
        tree.copy(path, `opt/text/${basename(path)}`, (bytes) => bytes.writeUInt8(2, 5));
      return { share: 0.5, environment: { LD_LIBRARY_PATH: "/opt/text" } };
    }));

  test("with libraries under names of others, and versions that others need", () =>
    compare("versions", (tree) => {
      tree.directory("opt/mixed");
      const libraries = tree.libraries(0.1);
      for (const [index, path] of libraries.entries()) {
        const other = libraries.at(index - 1) ?? path;
        tree.copy(other, `opt/mixed/${basename(path)}`, () => {});
      }
      for (const path of tree.libraries(0.2)) tree.copy(path, path, renameVersions);
      return { share: 0.7, environment: { LD_LIBRARY_PATH: "/opt/mixed" } };
    }));

  test("with RPATH and RUNPATH changed", () =>
    compare("patched", (tree) => {
      tree.cache();
      tree.directory("opt/a/lib");
      tree.directory("opt/b");
      for (const path of tree.libraries(0.06)) tree.move(path, `opt/a/lib/${basename(path)}`);
      for (const path of tree.libraries(0.06)) tree.move(path, `opt/b/${basename(path)}`);
      const paths = [
        "/opt/a/lib:/opt/b",
        "$ORIGIN/../../opt/a/$LIB/..:$ORIGIN/../../../opt/b/",
        "/opt/none:${ORIGIN}/../../../opt/a/lib:/opt/b",
        "/opt/${LIB}/../../b:/opt/a/lib",
        "/opt/b::",
      ];
      for (const path of tree.elfFiles(0.25 * part)) {
        const option = tree.random() < 0.5 ? ["--force-rpath"] : [];
        tree.patch(path, [...option, "--set-rpath", paths[Math.floor(tree.random() * paths.length)] ?? ""]);
      }
      for (const path of tree.elfFiles(0.05 * part)) tree.patch(path, ["--no-default-lib"]);
      for (const path of tree.elfFiles(0.03 * part))
        tree.patch(path, ["--add-needed", "/opt/a/lib/$ORIGIN/none.so"]);
      for (const path of tree.elfFiles(0.03 * part))
        tree.patch(path, ["--add-needed", `/${tree.libraries(0.1)[0]}`]);
      return { share: 0.7 };
    }));

  test("with libraries and directories that the user may not read", () =>
    compare("unreadable", (tree) => {
      tree.cache();
      tree.directory("opt/closed");
      for (const path of tree.libraries(0.1)) tree.copy(path, `opt/closed/${basename(path)}`, () => {});
      for (const path of tree.libraries(0.1)) tree.mode(path, 0o600);
      for (const path of tree.libraries(0.1)) tree.mode(path, 0o040, 7);
      chmodSync(join(tree.root, "opt/closed"), 0o700);
      return {
        share: 0.5,
        environment: { LD_LIBRARY_PATH: "/opt/closed" },
        user: { uid: 1000, gids: new Set([1000, 7]) },
      };
    }));

  test("of musl, whose path file there is none of", () =>
    compare("musl", () => ({ loader: musl, share: 0.5 })));

  test("of musl, with a path file", () =>
    compare("musl path file", (tree) => {
      tree.write("etc/ld-musl-x86_64.path", "/opt/none\n/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu\n");
      for (const path of tree.libraries(0.1)) tree.remove(path);
      return { loader: musl, share: 0.5 };
    }));

  test("of musl, with LD_LIBRARY_PATH, RPATH and RUNPATH", () =>
    compare("musl patched", (tree) => {
      tree.directory("opt/a");
      tree.directory("opt/b");
      for (const path of tree.libraries(0.1)) tree.move(path, `opt/a/${basename(path)}`);
      for (const path of tree.libraries(0.1)) tree.move(path, `opt/b/${basename(path)}`);
      for (const path of tree.elfFiles(0.3)) {
        const option = tree.random() < 0.5 ? ["--force-rpath"] : [];
        const some = ["/opt/a", "$ORIGIN/../../../opt/a:/opt/b", "/opt/b:/opt/$LIB"];
        tree.patch(path, [...option, "--set-rpath", some[Math.floor(tree.random() * some.length)] ?? ""]);
      }
      return {
        loader: musl,
        share: 0.6,
        environment: {
          LD_LIBRARY_PATH: "/usr/lib/x86_64-linux-gnu:/lib/x86_64-linux-gnu",
          LD_PRELOAD: "libz.so.1 none.so",
        },
      };
    }));

  test.runIf(isWhole)("of arm64, under emulation", async () => {
    await installMissing({ "qemu-aarch64-static": "qemu-user-static" });
    const original = await debianRoot("loaders-arm64", foreign, "arm64");
    const change = (tree: Tree) => {
      tree.cache();
      cpSync("/usr/bin/qemu-aarch64-static", join(tree.root, emulator));
      tree.directory("opt/one/lib/aarch64-linux-gnu");
      for (const path of tree.libraries(0.1))
        tree.move(path, `opt/one/lib/aarch64-linux-gnu/${basename(path)}`);
      for (const path of tree.libraries(0.05)) tree.remove(path);
      for (const path of tree.elfFiles(0.1 * part)) {
        tree.patch(path, ["--set-rpath", "$ORIGIN/../../opt/none:/opt/one/$LIB"]);
      }
      return { emulator, environment: { LD_LIBRARY_PATH: "/opt/none" }, share: 0.25 };
    };
    await compare("arm64 glibc", (tree) => ({ ...change(tree), loader: "/lib/ld-linux-aarch64.so.1" }), {
      original,
      machine: 183,
    });
    await compare("arm64 musl", (tree) => ({ ...change(tree), loader: "/lib/ld-musl-aarch64.so.1" }), {
      original,
      machine: 183,
    });
  });

  test("they were asked often enough", () => {
    const total = [...asked.values()].reduce((sum, count) => sum + count, 0);
    console.log(`${total} pairs of a program or library and a root`);
    expect(total).toBeGreaterThan(isWhole ? 15_000 : 1500);
  });
});

function differences({ path, ours, theirs }: Answers): readonly string[] {
  const [ourSet, theirSet] = [new Set(ours), new Set(theirs)];
  return [
    ...[...ourSet.difference(theirSet)].map((line) => `${path}: only ours: ${line}`),
    ...[...theirSet.difference(ourSet)].map((line) => `${path}: only theirs: ${line}`),
  ];
}

/** A copy of a root, whose files are hard links to another's: what changes is first made its own. */
class Tree {
  readonly root: string;
  /** of these the loader could tell nothing, as it opens the program itself here */
  readonly unreadable = new Set<string>();
  readonly #libraries: readonly string[];
  readonly #files: readonly string[];
  #state: number;

  constructor(root: string, seed: number) {
    this.root = root;
    this.#state = seed;
    const filesystem = filesystemOf(root);
    const isOurs = (path: string) => !/^(?:ld-.*|libc\.so.*)$/.test(basename(path));
    this.#files = elfPaths(
      filesystem,
      (elf, path) => elf.type === 3 && elf.dynamic !== undefined && isOurs(path),
    );
    this.#libraries = elfPaths(
      filesystem,
      (elf, path) =>
        elf.dynamic?.soname !== undefined && isOurs(path) && /^(?:usr\/)?lib\/[^/]+-linux-gnu\//.test(path),
    );
  }

  /** Xorshift: the same at each run. */
  random(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) / 2 ** 32;
  }

  /** Paths by which libraries are looked for, a share of those that are still there. */
  libraries(share: number): readonly string[] {
    return this.#libraries.flatMap((path) => {
      if (this.random() >= share || !existsSync(join(this.root, path))) return [];
      const soname = join(dirname(path), this.#sonameOf(path));
      return [existsSync(join(this.root, soname)) ? soname : path].filter((one) =>
        existsSync(join(this.root, one)),
      );
    });
  }

  elfFiles(share: number): readonly string[] {
    return this.#files.filter((path) => this.random() < share && existsSync(join(this.root, path)));
  }

  cache(): void {
    execFileSync("/sbin/ldconfig", ["-r", this.root], { stdio: "ignore" });
  }

  directory(path: string): void {
    mkdirSync(join(this.root, path), { recursive: true });
  }

  write(path: string, text: string): void {
    rmSync(join(this.root, path), { force: true });
    writeFileSync(join(this.root, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.root, path));
  }

  move(path: string, to: string): void {
    const bytes = readFileSync(join(this.root, path));
    rmSync(join(this.root, path));
    writeFileSync(join(this.root, to), bytes);
  }

  link(path: string, to: string): void {
    if (!existsSync(join(this.root, to))) symlinkSync(`/${path}`, join(this.root, to));
  }

  copy(path: string, to: string, change: (bytes: Buffer) => void): void {
    const bytes = readFileSync(join(this.root, path));
    change(bytes);
    rmSync(join(this.root, to), { force: true });
    writeFileSync(join(this.root, to), bytes);
  }

  mode(path: string, mode: number, gid = 0): void {
    this.unreadable.add(path);
    this.copy(path, path, () => {});
    execFileSync("chown", [`0:${gid}`, join(this.root, path)]);
    chmodSync(join(this.root, path), mode);
  }

  patch(path: string, options: readonly string[]): void {
    this.copy(path, path, () => {});
    execFileSync("patchelf", [...options, join(this.root, path)], { stdio: "ignore" });
    chmodSync(join(this.root, path), 0o755);
  }

  mergeIntoUsr(name: string): void {
    cpSync(join(this.root, name), join(this.root, "usr", name), {
      recursive: true,
      verbatimSymlinks: true,
      mode: 0,
    });
    rmSync(join(this.root, name), { recursive: true });
    symlinkSync(`usr/${name}`, join(this.root, name));
  }

  #sonameOf(path: string): string {
    const text = execFileSync("readelf", ["-dW", join(this.root, path)], { encoding: "latin1" });
    return /\(SONAME\).*\[(.*)\]/.exec(text)?.[1] ?? basename(path);
  }
}

/**
 * Versions such as `OPENSSL_3.0.0` are others then, wherever the file names them; not the C library's own.
 */
function renameVersions(bytes: Buffer): void {
  const text = bytes.toString("latin1");
  for (const { index, 0: name } of text.matchAll(
    /(?<=\0)(?!GLIBC|GCC|CXXABI)[A-Z][A-Z0-9]+_\d[\d.]*(?=\0)/g,
  )) {
    bytes.write(`${name.slice(0, -1)}~`, index, "latin1");
  }
}
