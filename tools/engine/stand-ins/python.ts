import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addMachinesCertificates, type Fill, packagesRoot } from "./debian.ts";

/** A layer with Debian's Python, started from where Python's own image has it. */
export const pythonRoot: Fill = async (root) => {
  await packagesRoot([...pythonPackages, "python3-pip", "python3-pip-whl"])(root);
  await addMachinesCertificates(root);
  await mkdir(join(root, "usr/local/bin"), { recursive: true });
  await rename(join(root, "usr/bin/python3.13"), join(root, "usr/local/bin/python3.13"));
  for (const name of ["python3", "python"]) await symlink("python3.13", join(root, "usr/local/bin", name));
  await rm(join(root, "usr/lib/python3.13/EXTERNALLY-MANAGED"));
  const pip = '#!/bin/sh\nexec /usr/local/bin/python3.13 -m pip "$@"\n';
  await writeFile(join(root, "usr/local/bin/pip"), pip, { mode: 0o755 });
};

/** The packages of distroless/python3, as `python3/config.bzl` lists them. */
const pythonPackages: readonly string[] = [
  ...["libbz2-1.0", "libdb5.3t64", "libexpat1", "liblzma5", "libsqlite3-0", "libuuid1", "libncursesw6"],
  ...["libtinfo6", "zlib1g", "libcom-err2", "libcrypt1", "libc-bin", "libgssapi-krb5-2", "libk5crypto3"],
  ...["libkeyutils1", "libkrb5-3", "libkrb5support0", "libnsl2", "libreadline8t64", "libtirpc3t64"],
  ...["libffi8", "libpython3.13-minimal", "libpython3.13-stdlib", "python3.13-minimal", "python3.13-venv"],
];

/** The layer of distroless/python3. */
export const distrolessPythonRoot = packagesRoot(pythonPackages, async (root) => {
  for (const name of ["python3", "python"]) await symlink("/usr/bin/python3.13", join(root, "usr/bin", name));
});
