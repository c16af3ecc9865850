import { expect, test } from "vitest";
import { imageFamilyOf } from "../../src/inspect/image-family.ts";
import { filesystemOf } from "../helpers/images.ts";
import { file, symlink } from "../helpers/tar.ts";

async function family(release: string | null, paths: readonly string[] = [], isFromScratch = false) {
  const members = release === null ? [] : [file("etc/os-release", release)];
  return imageFamilyOf(
    await filesystemOf([...members, ...paths.map((path) => file(path, "x"))]),
    isFromScratch,
  );
}

test.each<[string, readonly string[], string, readonly string[]]>([
  [
    "PRETTY_NAME=Distroless\nID=debian",
    ["var/lib/dpkg/status.d/base"],
    "distroless",
    ["/var/lib/dpkg/status.d"],
  ],
  ['NAME="Docker Hardened Images (Debian)"\nID=debian', [], "docker-hardened", []],
  ["ID=chainguard", ["etc/apko.json"], "chainguard", []],
  ["ID=wolfi", [], "wolfi", []],
  ["ID=ubuntu", ["var/lib/chisel/manifest.wall"], "chiselled-ubuntu", ["/var/lib/chisel/manifest.wall"]],
  ["ID=ubuntu", ["usr/share/dotnet/dotnet"], "dotnet-chiselled", ["/usr/share/dotnet"]],
  ["ID=ubuntu", ["usr/share/dotnet/dotnet", "usr/bin/dpkg"], "ubuntu", []],
  [
    "ID=azurelinux",
    ["var/lib/rpmmanifest/container-manifest-1"],
    "azure-linux-distroless",
    ["/var/lib/rpmmanifest"],
  ],
  ["ID=rhel", ["usr/bin/microdnf", "usr/bin/rpm"], "ubi-minimal", ["/usr/bin/microdnf"]],
  ["ID=rhel", ["usr/bin/dnf", "usr/bin/rpm"], "ubi", ["/usr/bin/dnf"]],
  ["ID=rhel", [], "ubi-micro", []],
  ["ID=sles", ["usr/bin/zypper"], "suse-bci", []],
  ["ID=sles", [], "suse-micro", []],
  ["ID=alpine", ["bin/busybox"], "alpine", []],
  ["ID=debian", [], "debian", []],
])("%j with %j is %s", async (release, paths, name, evidence) => {
  expect(await family(release, paths)).toMatchObject({ name, evidence: ["/etc/os-release", ...evidence] });
});

test("images without os-release have what their files show, or nothing", async () => {
  expect(await family(null, ["nix/store/x"])).toMatchObject({ name: "nix", evidence: ["/nix/store"] });
  expect(await family(null, ["bin/busybox"])).toMatchObject({ name: "busybox", evidence: ["/bin/busybox"] });
  expect(await family(null, ["app"], true)).toMatchObject({ name: "scratch", evidence: [] });
  expect(await family(null, ["app"])).toBeNull();
  expect(await family("ID=unheard-of", ["app"], true)).toBeNull();
});

test("hostile files show no family and lead nowhere", async () => {
  const filesystem = await filesystemOf([
    symlink("etc/os-release", "/etc/os-release"),
    symlink("nix", "nix"),
    file("usr/lib/os-release", `ID=${"debian".repeat(100_000)}\n`),
  ]);
  expect(imageFamilyOf(filesystem, true)).toBeNull();
});
