import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../scripts/engine/stores.ts";
import { probeEngine } from "../../src/docker/engine.ts";
import { dockerEnvironment } from "../../src/docker/environment.ts";
import { mergeLayers } from "../../src/image/filesystem.ts";
import { readingsOfThisRun } from "../../src/image/reading-store.ts";
import { examineContent } from "../../src/inspect/content.ts";
import { listFiles } from "../../src/inspect/files.ts";
import { readImages } from "../../src/read-images.ts";
import { busyboxBase, debianBase, debianWith, distrolessBase } from "../helpers/bases.ts";
import { docker, engineEnvironment, stores } from "../helpers/engine.ts";
import { exportedListing, savedListings } from "../helpers/exported.ts";
import { diffListings, type Listing, listingOf } from "../helpers/listing.ts";

/** Each with a path that it must have, so that two empty listings are never taken for equal. */
const images: readonly (readonly [name: string, path: string, make: (store: Store) => Promise<string>])[] = [
  ["Debian", "/usr/bin/dpkg", debianBase],
  ["Debian with Go", "/usr/bin/go", (store) => debianWith(store, golang)],
  ["Debian with Python and pip", "/usr/bin/pip3", (store) => debianWith(store, ["python3", "python3-pip"])],
  ["Debian with Node.js", "/usr/bin/nodejs", (store) => debianWith(store, ["nodejs"])],
  ["Debian with a headless Java", "/usr/bin/java", (store) => debianWith(store, ["default-jre-headless"])],
  ["Debian with nginx", "/usr/sbin/nginx", (store) => debianWith(store, ["nginx"])],
  ["Debian with gcc and Perl", "/usr/bin/gcc", (store) => debianWith(store, ["gcc", "perl"])],
  ["busybox", "/bin/busybox", busyboxBase],
  ["a distroless root", "/etc/ssl/certs/ca-certificates.crt", distrolessBase],
  ["a static program on scratch", "/calculator", calculator],
];

const golang = ["golang-go"];

/**
 * What Docker puts into every container when it makes one, empty, to mount its own over it or as a link to what it
 * mounts, and the directories that these are in; whatever the image has there is replaced. So `docker export` cannot
 * tell it, and what we say is compared with the image's layers.
 * See moby's daemon/initlayer/setup_unix.go.
 */
const madeByDocker = [
  "/.dockerenv",
  "/dev",
  "/dev/console",
  "/dev/pts",
  "/dev/shm",
  "/etc",
  "/etc/hostname",
  "/etc/hosts",
  "/etc/mtab",
  "/etc/resolv.conf",
  "/proc",
  "/sys",
];

const tags = new Map<Store, readonly string[]>();

// The two stores side by side. Where nothing is cached, packages are downloaded and installed first.
beforeAll(async () => {
  await Promise.all(
    stores.map(async (store) => {
      const made: string[] = [];
      for (const [, , make] of images) made.push(complete(await make(store)));
      tags.set(store, made);
    }),
  );
}, 15 * 60_000);

describe.each(stores)("on the %s store", (store) => {
  let ours: readonly Listing[];
  let layers: ReadonlyMap<string, Listing>;

  beforeAll(async () => {
    const all = tags.get(store) ?? [];
    [ours, layers] = await Promise.all([readListings(store, all), savedListings(store, all, madeByDocker)]);
  });

  test.each(images.map(([name, path], index) => ({ name, path, index })))(
    "$name is listed as docker export lists it",
    async ({ path, index }) => {
      const tag = tags.get(store)?.[index] ?? "";
      const listing = ours[index] ?? new Map();
      expect(listing.get(path)).toBeDefined();
      const exported = await exportedListing(store, tag);
      expect(diffListings(without(exported), without(listing))).toBe("");
      expect(diffListings(layers.get(tag) ?? new Map(), only(listing))).toBe("");
    },
  );
});

/** As the product reads images: all in one stream. */
async function readListings(store: Store, names: readonly string[]): Promise<readonly Listing[]> {
  const read = await readImages(
    names.map((name) => ({ reference: { kind: "engine", name }, platform: null, configDigest: null })),
    {
      examine: examineContent,
      store: readingsOfThisRun(),
      engine: () => probeEngine({ env: dockerEnvironment(engineEnvironment(store)) }),
    },
  );
  return read.map(({ layers }) =>
    listingOf(listFiles(mergeLayers(layers.map(({ reading }) => reading)), [])),
  );
}

/** The demo's example. Its build stage starts where Go is installed already, which saves the second download. */
async function calculator(store: Store): Promise<string> {
  const tag = "image-audit-test/calculator:latest";
  const base = `BASE=${await debianWith(store, golang)}`;
  const context = join(import.meta.dirname, "../../examples/calculator");
  const args = ["build", "--quiet", "--load", "--build-arg", base, "--tag", tag, context];
  const { code, stderr } = await docker(store, "buildx", ...args);
  if (code !== 0) throw new Error(stderr);
  return tag;
}

function complete(tag: string): string {
  return tag.includes(":") ? tag : `${tag}:latest`;
}

function without(listing: Listing): Listing {
  return new Map([...listing].filter(([path]) => !madeByDocker.includes(path)));
}

function only(listing: Listing): Listing {
  return new Map([...listing].filter(([path]) => madeByDocker.includes(path)));
}
