import { Buffer } from "node:buffer";
import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examineContent } from "../../../src/inspect/content.ts";
import type { Marker, Sign } from "../../../src/inspect/programs/marker.ts";
import { packageManagerMarkers } from "../../../src/inspect/programs/package-manager-markers.ts";
import { shellMarkers } from "../../../src/inspect/programs/shell-markers.ts";
import { canInstall, distribution } from "../../../tools/engine/apt.ts";
import { openDebianSuite } from "../../../tools/engine/debian-suite.ts";

/**
 * Programs by Debian package and path, with the marker of their bytes. If several match, the first in the
 * table counts.
 */
const programs: readonly (readonly [debianPackage: string, path: string, marker: string])[] = [
  ["bash", "bin/bash", "bash"],
  ["bash-static", "bin/bash-static", "bash"],
  ["dash", "bin/dash", "dash"],
  ["busybox", "bin/busybox", "busybox"],
  ["busybox-static", "bin/busybox", "busybox"],
  ["zsh", "bin/zsh", "zsh"],
  ["zsh-static", "bin/zsh-static", "zsh"],
  ["mksh", "bin/mksh", "mksh"],
  ["mksh", "bin/lksh", "lksh"],
  ["ksh93u+m", "bin/ksh93", "ksh93"],
  ["tcsh", "bin/tcsh", "tcsh"],
  ["csh", "bin/bsd-csh", "csh"],
  ["fish", "usr/bin/fish", "fish"],
  ["yash", "usr/bin/yash", "yash"],
  ["posh", "usr/bin/posh", "posh"],
  ["sash", "bin/sash", "sash"],
  ["klibc-utils", "usr/lib/klibc/bin/sh", "dash"],
  ["elvish", "usr/bin/elvish", "elvish"],
  ["rc", "usr/bin/rc.byron", "rc"],
  ["9base", "usr/lib/plan9/bin/rc", "rc"],
  ["apt", "usr/bin/apt", "apt"],
  ["apt", "usr/bin/apt-get", "apt-get"],
  ["aptitude", "usr/bin/aptitude-curses", "aptitude"],
  ["dpkg", "usr/bin/dpkg", "dpkg"],
  ["rpm", "usr/bin/rpm", "rpm"],
  ["pacman-package-manager", "usr/bin/pacman", "pacman"],
  ["zypper", "usr/bin/zypper", "zypper"],
  ["dselect", "usr/bin/dselect", "dselect"],
  ["nix-bin", "usr/bin/nix", "nix"],
  ["snapd", "usr/bin/snap", "snap"],
  ["flatpak", "usr/bin/flatpak", "flatpak"],
  ["cupt", "usr/bin/cupt", "cupt"],
  ["synaptic", "usr/sbin/synaptic", "synaptic"],
];

/** Their libraries and helpers, a toybox without a shell, and programs that format or restrict shells. */
const others: readonly (readonly [debianPackage: string, path: string])[] = [
  ["toybox", "bin/toybox"],
  ["apt", "usr/bin/apt-cache"],
  ["apt", "usr/bin/apt-mark"],
  ["dpkg", "usr/bin/dpkg-query"],
  ["dpkg", "usr/bin/dpkg-deb"],
  ["rpm", "usr/bin/rpmkeys"],
  ["shfmt", "usr/bin/shfmt"],
  ["rush", "usr/sbin/rush"],
  ["ostree", "usr/bin/ostree"],
  ["packagekit-tools", "usr/bin/pkcon"],
  ["cdebootstrap", "usr/bin/cdebootstrap"],
];

const markers: readonly Marker[] = [...shellMarkers, ...packageManagerMarkers];

const isDebian12 = canInstall() && (await distribution()).codename === "bookworm";
if (!isDebian12)
  console.error("NOT TESTED: real programs are those of Debian 12, and its packages are not to be had here.");

// Downloads about 60 MB of packages.
describe.runIf(isDebian12)("real programs of Debian 12", () => {
  let directory = "";
  const packages = [...new Set([...programs, ...others].map(([name]) => name))];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "programs-"));
    const suite = await openDebianSuite("bookworm", directory);
    for (const archive of await suite.download(packages)) {
      const [name] = basename(archive).split("_");
      execFileSync("dpkg-deb", ["--extract", archive, `root-${name}`], { cwd: directory });
    }
  }, 300_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test.each(programs)(
    "%s: %s is recognised as %s by its content, even if one string changes",
    (name, path, known) => {
      const bytes = readFileSync(join(directory, `root-${name}`, path));
      const found = markersOf(bytes);
      const [first] = markers.filter(({ name }) => found.includes(name));
      expect(first?.name).toBe(known);
      const spare = markers
        .filter(({ name }) => name === known)
        .filter(({ signs }) => signs.every((sign) => isMoreThanEnough(bytes, sign)));
      expect(spare).not.toEqual([]);
    },
  );

  test.each(others)("%s: %s has no marker", (name, path) => {
    expect(markersOf(readFileSync(join(directory, `root-${name}`, path)))).toEqual([]);
  });
});

/** Programs of this machine that really are a shell or a package manager. */
const rightlyMarked =
  /\/(?:apt|apt-get|aptitude.*|dpkg|dselect|rpm|pacman|zypper|apk|.*sh(?:93)?(?:-static)?|busybox|fish_.*|shcomp.*|rc.*)$/;

describe.runIf(process.platform === "linux")("programs of this machine", () => {
  test("have no marker unless they are shells or package managers", () => {
    const files = ["/usr/bin", "/usr/sbin", "/usr/local/bin"].flatMap((directory) => elfFilesIn(directory));
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter(isWronglyMarked)).toEqual([]);
  }, 60_000);

  test("use libraries without a marker", () => {
    const files = elfFilesIn("/usr/lib", { isDeep: true });
    expect(files.length).toBeGreaterThan(100);
    // Machines with compilers have several gigabytes of libraries.
    let left = 10 ** 9;
    const some = files.filter((path) => {
      left -= statSync(path).size;
      return left >= 0;
    });
    expect(some.filter(isWronglyMarked)).toEqual([]);
  }, 600_000);
});

function elfFilesIn(directory: string, { isDeep = false } = {}): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return isDeep ? elfFilesIn(path, { isDeep }) : [];
    return entry.isFile() && startOf(path) === "\x7fELF" ? [path] : [];
  });
}

function startOf(path: string): string {
  const start = Buffer.alloc(4);
  const file = openSync(path, "r");
  readSync(file, start);
  closeSync(file);
  return start.toString("latin1");
}

function isWronglyMarked(path: string): boolean {
  return !rightlyMarked.test(path) && markersOf(readFileSync(path)).length > 0;
}

function markersOf(bytes: Buffer): readonly string[] {
  const probe = examineContent({ path: "app/server", mode: 0o644, size: bytes.length });
  probe?.update(bytes);
  return probe?.finish()?.markers ?? [];
}

function isMoreThanEnough(bytes: Buffer, { least, of }: Sign): boolean {
  // Only one string distinguishes the legacy Korn shell from its parent.
  return of.length === 1 || of.filter((text) => bytes.includes(text, 0, "latin1")).length > least;
}
