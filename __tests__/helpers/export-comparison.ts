import { beforeAll, describe, expect, test } from "vitest";
import { probeEngine } from "../../src/docker/engine/engine.ts";
import { dockerEnvironment } from "../../src/docker/engine/environment.ts";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import { readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import { listFiles } from "../../src/inspect/files.ts";
import { readImages } from "../../src/source/read-images.ts";
import type { Store } from "../../tools/engine/stores.ts";
import { engineEnvironment, stores } from "./engine.ts";
import { exportedListing, savedListings } from "./exported.ts";
import { diffListings, type Listing, listingOf } from "./listing.ts";

/** Makes an image in an engine, once, and answers its tag. */
export type Make = (store: Store) => Promise<string>;

/**
 * An image with a path that it must have, so that two empty listings are never taken for equal, and with the image whose
 * layers have the paths that Docker mounts over: the base, since BuildKit mounts over them as well.
 */
export type ComparedImage = readonly [name: string, path: string, make: Make, base: Make];

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

/** Tests that images are listed as `docker export` lists them, on each store. */
export function compareWithExport(images: readonly ComparedImage[]): void {
  /** By store, in the order of the images. */
  const made = new Map<Store, readonly { readonly tag: string; readonly base: string }[]>();

  // The two stores side by side. Where nothing is cached, packages are downloaded and installed first.
  beforeAll(async () => {
    await Promise.all(
      stores.map(async (store) => {
        const tags = [];
        for (const [, , make, makeBase] of images) {
          tags.push({ tag: complete(await make(store)), base: complete(await makeBase(store)) });
        }
        made.set(store, tags);
      }),
    );
  }, 15 * 60_000);

  describe.each(stores)("on the %s store", (store) => {
    let ours: readonly Listing[];
    let layers: ReadonlyMap<string, Listing>;

    beforeAll(async () => {
      const all = made.get(store) ?? [];
      const tags = all.map(({ tag }) => tag);
      const bases = [...new Set(all.map(({ base }) => base))];
      [ours, layers] = await Promise.all([
        readListings(store, tags),
        savedListings(store, bases, madeByDocker),
      ]);
    });

    test.each(images.map(([name, path], index) => ({ name, path, index })))(
      "$name is listed as docker export lists it",
      async ({ path, index }) => {
        const { tag = "", base = "" } = made.get(store)?.[index] ?? {};
        const listing = ours[index] ?? new Map();
        expect(listing.get(path)).toBeDefined();
        const exported = await exportedListing(store, tag);
        expect(diffListings(without(exported), without(listing))).toBe("");
        expect(diffListings(layers.get(base) ?? new Map(), only(listing))).toBe("");
      },
    );
  });
}

/** As the product reads images, all in one stream; what is in the files is not looked at, since it is not compared. */
async function readListings(store: Store, names: readonly string[]): Promise<readonly Listing[]> {
  const read = await readImages(
    names.map((name) => ({
      reference: { kind: "engine", name },
      platform: null,
      configDigest: null,
      isBuilt: false,
    })),
    {
      examine: () => undefined,
      store: readingsOfThisRun(),
      engine: () => probeEngine({ env: dockerEnvironment(engineEnvironment(store)) }),
    },
  );
  return read.map(({ layers }) =>
    listingOf(listFiles(mergeLayers(layers.map(({ reading }) => reading)), [])),
  );
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
