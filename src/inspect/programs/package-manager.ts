import { type Filesystem, resolveLink } from "../../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { NodesOfKinds } from "../../image/filesystem/per-directory.ts";
import { type BytePath, baseOf, displayPath } from "../../image/path.ts";
import type { PackageManager } from "../inspection.ts";
import { isProgram } from "./executable.ts";
import { packageManagerMarkers } from "./package-manager-markers.ts";
import { isShellScript } from "./shell-script.ts";
import { nameAmong } from "./versioned-name.ts";

/** Package managers of operating systems, without programs that only query databases (dpkg-query). */
const managerNames: ReadonlySet<string> = new Set([
  ...[
    "apt",
    "apt-get",
    "cupt",
    "nala",
    "aptitude",
    "aptitude-curses",
    "dpkg",
    "dselect",
    "synaptic",
    "apk",
    "apk.static",
  ],
  ...["rpm", "rpm-ostree", "dnf", "dnf5", "yum", "microdnf", "tdnf", "zypper", "urpmi", "swupd"],
  ...["pacman", "pamac", "yay", "paru", "xbps-install", "emerge", "cave", "eopkg", "slackpkg", "guix"],
  ...["opkg", "ipkg", "nix", "nix-env", "snap", "flatpak", "brew", "pkgin", "pkg_add"],
]);

/** Package managers that are shell scripts. */
const shellScripts: ReadonlySet<string> = new Set(["brew", "slackpkg"]);

/**
 * Finds package managers of operating systems in the final root filesystem, sorted by path. It finds programs
 * by name, links to them, and by content if they are renamed or have no exec bit (see examineContent). A
 * package database does not count, because it cannot install anything.
 */
export function findPackageManagers(
  filesystem: Filesystem,
  { packageManagers, links }: NodesOfKinds<"packageManagers" | "links">,
): readonly PackageManager[] {
  const found = new Map<BytePath, string>();
  for (const node of packageManagers) {
    const name = nameOfProgram(node);
    if (name !== null) found.set(node.path, name);
  }
  for (const node of links) {
    const named = nameOfFile(node);
    if (named === null && found.size === 0) continue;
    const end = resolveLink(filesystem, node);
    if (end === null) continue;
    const name = (isProgram(end) ? named : null) ?? found.get(end.path);
    if (name !== undefined) found.set(node.path, name);
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, name]) => ({ ...displayPath(path), name }));
}

export function isPackageManager(node: FilesystemNode): boolean {
  return nameOfProgram(node) !== null;
}

function nameOfProgram(node: FilesystemNode): string | null {
  return (isProgram(node) ? nameOfFile(node) : null) ?? nameByContent(node);
}

/**
 * Returns the package manager that the file name identifies. Excludes shell scripts with a manager's name: Debian has
 * one in /etc/cron.daily and one in /usr/share/bug.
 */
function nameOfFile({ path, attributes }: FilesystemNode): string | null {
  const name = nameAmong(managerNames, baseOf(path));
  return name !== null && isShellScript(attributes.content) && !shellScripts.has(name) ? null : name;
}

function nameByContent({ attributes }: FilesystemNode): string | null {
  const found = attributes.content?.markers;
  if (found === undefined) return null;
  return packageManagerMarkers.find(({ name }) => found.includes(name))?.name ?? null;
}
