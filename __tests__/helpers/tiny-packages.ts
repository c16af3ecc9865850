import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../tools/engine/run.ts";

export interface TinyPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** whether its configuration fails, so that dpkg leaves it half-configured */
  readonly isBroken?: boolean;
}

/** Builds a package of dpkg with one configuration file, in a directory. @returns the archive's path */
export async function buildDeb(
  directory: string,
  { name, version, architecture, isBroken = false }: TinyPackage,
): Promise<string> {
  const file = `${name}_${version.replaceAll(":", "%")}_${architecture}${isBroken ? "_broken" : ""}`;
  const tree = join(directory, file);
  await mkdir(join(tree, "DEBIAN"), { recursive: true });
  await mkdir(join(tree, "etc"));
  const control = {
    Package: name,
    Version: version,
    Architecture: architecture,
    "Multi-Arch": "same",
    Maintainer: "Nobody <nobody@example.com>",
    "Installed-Size": `${name.length * 10}`,
    Description: `${name}\n of ${version}\n .\n Version: none`,
  };
  const fields = Object.entries(control).filter(([key]) => architecture !== "all" || key !== "Multi-Arch");
  await writeFile(join(tree, "DEBIAN/control"), fields.map(([key, value]) => `${key}: ${value}\n`).join(""));
  await writeFile(join(tree, `etc/${name}.conf`), "x\n");
  await writeFile(join(tree, "DEBIAN/conffiles"), `/etc/${name}.conf\n`);
  if (isBroken) {
    await writeFile(join(tree, "DEBIAN/postinst"), "#!/bin/sh\nexit 1\n");
    await chmod(join(tree, "DEBIAN/postinst"), 0o755);
  }
  await run("dpkg-deb", ["--root-owner-group", "-Znone", "--build", tree, `${tree}.deb`]);
  return `${tree}.deb`;
}

/** Returns the specification of packages of rpm, which are built at once. The first has the files. */
export function rpmSpec(packages: readonly (TinyPackage & { readonly epoch?: number })[]): string {
  const [first, ...more] = packages;
  if (first === undefined) throw new Error("there are no packages");
  const parts = more.map(
    ({ name, version, epoch }) => `%package -n ${name}
Summary: ${name}
Version: ${version}
${epoch === undefined ? "" : `Epoch: ${epoch}`}
%description -n ${name}
${`${name} `.repeat(version.length * 100)}
%files -n ${name}`,
  );
  return `Name: ${first.name}
Version: ${first.version}
Release: 1
Summary: ${first.name}
License: MIT
BuildArch: noarch
%description
${first.name}
%install
mkdir -p %{buildroot}/opt
for number in $(seq 1 300); do echo $number > %{buildroot}/opt/file-$number; done
%files
/opt
${parts.join("\n")}
`;
}
