import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { engineDirectory } from "../../tools/engine/places.ts";
import { run } from "../../tools/engine/run.ts";

/** Returns a directory with these packages of Python 3.13 for Linux and what they need, to be installed offline. */
export async function wheels(packages: readonly string[]): Promise<string> {
  const directory = join(engineDirectory, "cache", `wheels-${packages.join("-")}`);
  if (existsSync(directory)) return directory;
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
  const platforms = ["manylinux2014", "manylinux_2_27", "manylinux_2_28"].flatMap((policy) => [
    "--platform",
    `${policy}_${machine}`,
  ]);
  const binary = ["--only-binary=:all:", "--python-version", "3.13", ...platforms];
  await run("python3", ["-m", "pip", "download", "--quiet", ...binary, "--dest", partial, ...packages]);
  await rename(partial, directory);
  return directory;
}
