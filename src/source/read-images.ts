import type { Image } from "../image/image.ts";
import { readingsOfThisRun } from "../image/readings/reading-store.ts";
import { readImageFile } from "./disk.ts";
import { readFromEngine } from "./engine.ts";
import { located, whose } from "./naming-image.ts";
import { isUnread, ofBuild, type Reading, type Wanted } from "./request.ts";

/**
 * Reads images, whatever route their bytes come by; those of the engine together, in one stream, since it writes the
 * layers that they share only once. What was read already stays as it is.
 */
export async function readImages(
  wanted: readonly (Wanted | Image)[],
  reading: Reading,
): Promise<readonly Image[]> {
  const unread = wanted.filter(isUnread);
  const images = await readAll(unread, reading);
  return wanted.map((one) => (isUnread(one) ? ofBuild(images.get(one), one.configDigest) : one));
}

async function readAll(wanted: readonly Wanted[], reading: Reading): Promise<ReadonlyMap<Wanted, Image>> {
  const images = new Map<Wanted, Image>();
  const inEngine = wanted.filter(
    ({ reference }) => reference.kind === "engine" || reference.kind === "registry",
  );
  if (inEngine.length > 0) {
    const read = await readFromEngine(inEngine, reading).catch((error) => {
      throw located(error, whose(...inEngine));
    });
    for (const [one, image] of read) images.set(one, image);
  }
  for (const one of wanted) {
    if (images.has(one)) continue;
    const { examine, signal } = reading;
    // A file may be damaged under a digest that is known, and its reader is the one to notice.
    const store = one.isBuilt ? reading.store : readingsOfThisRun();
    const image = await readImageFile(one.reference, {
      platform: one.platform,
      examine,
      store,
      signal,
    }).catch((error) => {
      throw located(error, whose(one));
    });
    images.set(one, image);
  }
  return images;
}
