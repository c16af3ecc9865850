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

/** Creates an image in an engine, once, and returns its tag. */
export type Make = (store: Store) => Promise<string>;

/**
 * An image, with a path that it must have, so that two empty listings never count as equal. `base` is the
 * image whose layers have the paths that Docker mounts over: the base image, since BuildKit mounts over them
 * as well.
 */
export type ComparedImage = readonly [name: string, path: string, make: Make, base: Make];

/** Returns the images to compare on a store. */
export type ImagesOf = (store: Store) => readonly ComparedImage[];

/**
 * Paths that Docker creates in every container, as empty mount points or as links to its mounts, and their
 * directories. They replace what the image has there, so `docker export` does not show it. Our listing of
 * these paths is compared with the image's layers instead. See moby's daemon/initlayer/setup_unix.go.
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

/** Tests that our listing of images is the same as that of `docker export`, on each store. */
export function compareWithExport(imagesOf: ImagesOf): void {
  /** by store, in the order of the images */
  const made = new Map<Store, readonly { readonly tag: string; readonly base: string }[]>();

  // Prepares both stores concurrently. If nothing is cached, this downloads and installs packages first.
  beforeAll(async () => {
    await Promise.all(
      stores.map(async (store) => {
        const tags = [];
        for (const [, , make, makeBase] of imagesOf(store)) {
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

    test.each(imagesOf(store).map(([name, path], index) => ({ name, path, index })))(
      "our listing of $name is the same as that of docker export",
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

/**
 * Reads all images in one stream, like the product. Does not examine file contents, since they are not
 * compared.
 */
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
