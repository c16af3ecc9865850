import { join } from "node:path";
import { expect, test } from "vitest";
import type { Store } from "../../../tools/engine/stores.ts";
import { debianBase, debianWith } from "../../helpers/bases.ts";
import { docker, stores } from "../../helpers/engine.ts";
import { type ComparedImage, compareWithExport, type Make } from "../../helpers/export-comparison.ts";

const images: readonly ComparedImage[] = [
  ["Debian with Go", "/usr/bin/go", packages("golang-go"), debianBase],
  ["Debian with Python and pip", "/usr/bin/pip3", packages("python3", "python3-pip"), debianBase],
  ["Debian with Node.js", "/usr/bin/nodejs", packages("nodejs"), debianBase],
  ["Debian with a headless Java", "/usr/bin/java", packages("default-jre-headless"), debianBase],
  ["Debian with nginx", "/usr/sbin/nginx", packages("nginx"), debianBase],
  ["Debian with gcc and Perl", "/usr/bin/gcc", packages("gcc", "perl"), debianBase],
  ["a static program on scratch", "/calculator", calculator, calculator],
];

/**
 * Compares every image on every store, instead of some on one of them: three minutes more on two cores. What
 * packages leave in a layer does not depend on the store, and `export.engine.test.ts` compares both.
 */
const isWhole = process.env["ALL_PROGRAMS"] === "1";

/** Those that install the least. */
const quick = images.filter(([name]) => /Python|Java|gcc/.test(name));

const imagesOf = (store: Store) =>
  isWhole ? images : quick.filter((_, index) => stores[index % stores.length] === store);

compareWithExport(imagesOf);

const withGcc = stores.filter((store) => imagesOf(store).some(([, path]) => path === "/usr/bin/gcc"));
test.each(withGcc)("packages installed by a build on the %s store can run", async (store) => {
  const tag = await debianWith(store, ["gcc", "perl"]);
  const { stdout } = await docker(store, "run", "--rm", tag, "gcc", "--version");
  expect(stdout).toMatch(/^gcc/);
});

function packages(...names: readonly string[]): Make {
  return (store) => debianWith(store, names);
}

/** Builds the demo's example. Its base image already has Go, which saves a second download. */
async function calculator(store: Store): Promise<string> {
  const tag = "image-audit-test/calculator:latest";
  const base = `debian:bookworm-slim=docker-image://${await debianWith(store, ["golang-go"])}`;
  const context = join(import.meta.dirname, "../../../examples/calculator");
  const args = ["build", "--quiet", "--load", "--build-context", base, "--tag", tag, context];
  const { code, stderr } = await docker(store, "buildx", ...args);
  if (code !== 0) throw new Error(stderr);
  return tag;
}
