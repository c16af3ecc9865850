import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examineContent } from "../../src/inspect/content.ts";

/** Path in its Debian package, and what its bytes tell; several may fit, shell.ts takes the first in the table. */
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
  ["apt", "usr/bin/apt", "apt"],
  ["apt", "usr/bin/apt-get", "apt-get"],
  ["aptitude", "usr/bin/aptitude-curses", "aptitude"],
  ["dpkg", "usr/bin/dpkg", "dpkg"],
  ["rpm", "usr/bin/rpm", "rpm"],
  ["pacman-package-manager", "usr/bin/pacman", "pacman"],
  ["zypper", "usr/bin/zypper", "zypper"],
];

/** Libraries and helpers of theirs, and a toybox that is built without a shell. */
const others: readonly (readonly [debianPackage: string, path: string])[] = [
  ["toybox", "bin/toybox"],
  ["apt", "usr/bin/apt-cache"],
  ["apt", "usr/bin/apt-mark"],
  ["dpkg", "usr/bin/dpkg-query"],
  ["dpkg", "usr/bin/dpkg-deb"],
  ["rpm", "usr/bin/rpmkeys"],
];

// Downloads some 25 MB of Debian 12's packages; run it on a Debian 12 when a marker changes: REAL_PROGRAMS=1 npx vitest run real-programs
describe.runIf(process.env.REAL_PROGRAMS)("real programs of Debian 12", () => {
  let directory = "";
  const packages = [...new Set([...programs, ...others].map(([name]) => name))];

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "programs-"));
    execFileSync("apt-get", ["download", "--quiet", "--quiet", ...packages], {
      cwd: directory,
      stdio: "ignore",
    });
    for (const archive of readdirSync(directory).filter((name) => name.endsWith(".deb"))) {
      const name = archive.slice(0, archive.indexOf("_"));
      execFileSync("dpkg-deb", ["--extract", archive, `root-${name}`], { cwd: directory });
    }
  }, 300_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test.each(programs)("%s: %s is %s under another name", (name, path, marker) => {
    const renamed = join(directory, "server");
    cpSync(join(directory, `root-${name}`, path), renamed, { dereference: true });
    expect(markersOf(renamed)).toContain(marker);
  });

  test.each(others)("%s: %s is nothing that counts", (name, path) => {
    expect(markersOf(join(directory, `root-${name}`, path))).toEqual([]);
  });
});

/** Those of this machine whose bytes are, by right, a shell's or a package manager's. */
const rightly =
  /^(?:apt|apt-get|aptitude.*|dpkg|rpm|pacman|zypper|apk|.*sh(?:93)?(?:-static)?|busybox|fish_.*|shcomp.*|rc.*)$/;

describe.runIf(process.platform === "linux")("programs of this machine", () => {
  test("none that is no shell nor package manager has a marker", () => {
    const files = ["/usr/bin", "/usr/sbin", "/usr/local/bin"].flatMap(filesIn);
    const wrong = files.filter(
      (path) => !rightly.test(path.slice(path.lastIndexOf("/") + 1)) && markersOf(path).length > 0,
    );
    expect(files.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  }, 60_000);
});

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(directory, name));
}

function markersOf(path: string): readonly string[] {
  const probe = examineContent({ path: "app/server", mode: 0o755, size: statSync(path).size });
  probe?.update(readFileSync(path));
  return probe?.finish()?.markers ?? [];
}
