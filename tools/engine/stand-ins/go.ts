import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { type Fill, packagesRoot } from "./debian.ts";

/** A layer with Go, where its own image has it. */
export const goRoot: Fill = async (root) => {
  await packagesRoot(["golang-1.24-go", "golang-1.24-src"])(root);
  await mkdir(join(root, "usr/local"), { recursive: true });
  await rename(join(root, "usr/lib/go-1.24"), join(root, "usr/local/go"));
};
