import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../run.ts";
import { addMachinesCertificates, certificateBundle, type Fill } from "./debian.ts";

/**
 * A layer with the Node.js that its project publishes for npm.
 * @param home the directory for `bin`
 */
export function nodeRoot(version: 22 | 24, home: string, hasNpm: boolean): Fill {
  return async (root) => {
    const binaries = join(root, home, "bin");
    await mkdir(binaries, { recursive: true });
    const platform = `node-linux-${process.arch}`;
    await unpackFromNpm(`${platform}@${version}`, join(root, "package"));
    await rename(join(root, "package/bin/node"), join(binaries, "node"));
    await rm(join(root, "package"), { recursive: true });
    if (!hasNpm) return;
    await addMachinesCertificates(root);
    await mkdir(join(root, home, "etc"));
    await writeFile(join(root, home, "etc/npmrc"), `cafile=${certificateBundle}\n`);
    const modules = join(root, home, "lib/node_modules");
    await mkdir(modules, { recursive: true });
    await unpackFromNpm("npm@11", join(modules, "npm"));
    for (const name of ["npm", "npx"])
      await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(binaries, name));
    await writeFile(join(binaries, "docker-entrypoint.sh"), nodeEntrypoint, { mode: 0o755 });
  };
}

/** Does what the script of Node.js's own image does: it starts `node` with what is not a program. */
const nodeEntrypoint = `#!/bin/sh
set -e
if [ "\${1#-}" != "\${1}" ] || [ -z "$(command -v "\${1}")" ] || { [ -f "\${1}" ] && ! [ -x "\${1}" ]; }; then
  set -- node "$@"
fi
exec "$@"
`;

async function unpackFromNpm(name: string, directory: string): Promise<void> {
  await mkdir(directory);
  const [archive = ""] = (await run("npm", ["pack", "--silent", name], { cwd: directory }))
    .trim()
    .split("\n");
  const file = join(directory, archive);
  await run("tar", ["-xzf", file, "--strip-components=1", "--no-same-owner", "-C", directory]);
  await rm(file);
}
