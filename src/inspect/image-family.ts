import { type Filesystem, resolve } from "../image/filesystem/filesystem.ts";
import type { ImageFamily } from "./inspection.ts";
import { osRelease, osReleasePaths } from "./os-release.ts";

/**
 * Recognises the family of images that an image belongs to, by what its files say. The family is a label for people:
 * anyone can write these files, so nothing is judged by it.
 * @param isFromScratch whether the Dockerfile starts from scratch
 * @returns null if nothing shows a family
 */
export function imageFamilyOf(filesystem: Filesystem, isFromScratch: boolean): ImageFamily | null {
  const image = (path: string) => resolve(filesystem, path) !== null;
  const says = (key: string) => osRelease(filesystem, key) ?? "";
  for (const family of families) {
    const evidence = family.evidence.filter(image);
    const isNamed = Object.entries(family.osRelease ?? {}).every(([key, value]) => value.test(says(key)));
    const isShown =
      (family.evidence.length === 0 || evidence.length > 0) && !(family.without ?? []).some(image);
    if (!isNamed || !isShown) continue;
    const { name, label } = family;
    const release = osReleasePaths.find(image);
    const shown = family.osRelease === undefined || release === undefined ? [] : [`/${release}`];
    return { name, label, evidence: [...shown, ...evidence.map((path) => `/${path}`)] };
  }
  const isEmpty = isFromScratch && osReleasePaths.every((path) => !image(path));
  return isEmpty ? { name: "scratch", label: "scratch", evidence: [] } : null;
}

interface Family extends Pick<ImageFamily, "name" | "label"> {
  /** fields of os-release(5) */
  readonly osRelease?: Readonly<Record<string, RegExp>>;
  /** paths of which at least one exists; empty: os-release alone shows the family */
  readonly evidence: readonly string[];
  /** paths of which none exists */
  readonly without?: readonly string[];
}

/** Package managers that the smaller images of a family lack. */
const dnf = ["usr/bin/dnf", "usr/bin/dnf5", "usr/bin/yum"];
const microdnf = ["usr/bin/microdnf"];
const chisel = "var/lib/chisel/manifest.wall";

/** The special families before the distributions that they are made of. */
const families: readonly Family[] = [
  {
    name: "distroless",
    label: "Google distroless",
    osRelease: { PRETTY_NAME: /^Distroless$/ },
    evidence: ["var/lib/dpkg/status.d"],
  },
  {
    name: "docker-hardened",
    label: "Docker Hardened Images",
    osRelease: { NAME: /^Docker Hardened Images/ },
    evidence: [],
  },
  { name: "chainguard", label: "Chainguard", osRelease: { ID: /^chainguard$/ }, evidence: [] },
  { name: "wolfi", label: "Wolfi", osRelease: { ID: /^wolfi$/ }, evidence: [] },
  {
    name: "dotnet-chiselled",
    label: ".NET on chiselled Ubuntu",
    osRelease: { ID: /^ubuntu$/ },
    evidence: ["usr/share/dotnet"],
    without: ["usr/bin/dpkg", "usr/bin/apt-get"],
  },
  {
    name: "chiselled-ubuntu",
    label: "chiselled Ubuntu",
    osRelease: { ID: /^ubuntu$/ },
    evidence: [chisel],
    without: ["usr/bin/dpkg", "usr/bin/apt-get"],
  },
  {
    name: "azure-linux-distroless",
    label: "Azure Linux distroless",
    osRelease: { ID: /^(?:azurelinux|mariner)$/ },
    evidence: ["var/lib/rpmmanifest"],
  },
  { name: "azure-linux", label: "Azure Linux", osRelease: { ID: /^(?:azurelinux|mariner)$/ }, evidence: [] },
  {
    name: "red-hat-hardened",
    label: "Red Hat Hardened Images",
    osRelease: { PRETTY_NAME: /hummingbird|Red Hat Hardened/i },
    evidence: [],
  },
  { name: "ubi-minimal", label: "Red Hat UBI minimal", osRelease: { ID: /^rhel$/ }, evidence: microdnf },
  { name: "ubi", label: "Red Hat UBI", osRelease: { ID: /^rhel$/ }, evidence: dnf },
  {
    name: "ubi-micro",
    label: "Red Hat UBI micro",
    osRelease: { ID: /^rhel$/ },
    evidence: [],
    without: ["usr/bin/rpm"],
  },
  {
    name: "suse-micro",
    label: "SUSE BCI micro",
    osRelease: { ID: /^sles?$/ },
    evidence: [],
    without: ["usr/bin/zypper", "usr/bin/rpm"],
  },
  { name: "suse-bci", label: "SUSE BCI", osRelease: { ID: /^sles?$/ }, evidence: [] },
  { name: "alpine", label: "Alpine", osRelease: { ID: /^alpine$/ }, evidence: [] },
  { name: "debian", label: "Debian", osRelease: { ID: /^debian$/ }, evidence: [] },
  { name: "ubuntu", label: "Ubuntu", osRelease: { ID: /^ubuntu$/ }, evidence: [] },
  { name: "nix", label: "Nix", evidence: ["nix/store"] },
  {
    name: "busybox",
    label: "BusyBox",
    evidence: ["bin/busybox", "bin/["],
    without: osReleasePaths,
  },
];
