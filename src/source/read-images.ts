import type { ForEach } from "../image/for-each.ts";
import type { Image } from "../image/image.ts";
import { readingsOfThisRun } from "../image/readings/reading-store.ts";
import { once } from "../process/once.ts";
import { readImageFile } from "./disk.ts";
import { readFromEngine } from "./engine.ts";
import { labelOf, namingImage } from "./naming-image.ts";
import { type ImageRequest, isUnread, type SourceOptions, verifyBuilt } from "./request.ts";

/**
 * Reads images, whatever their route. Reads those of the engine together, since it sends the layers that they
 * share only once. Images that were already read stay as they are.
 */
export async function readImages<Requests extends readonly (ImageRequest | Image)[]>(
  requests: Requests,
  options: SourceOptions,
): Promise<ForEach<Requests, Image>> {
  const inEngine = requests.filter(isUnread).filter(isOfEngine);
  const ofEngine = once(() => readAllOfEngine(inEngine, options));
  const images: Image[] = [];
  for (const request of requests) {
    if (!isUnread(request)) images.push(request);
    else {
      const image = isOfEngine(request) ? (await ofEngine()).get(request) : await readFile(request, options);
      images.push(verifyBuilt(image, request.configDigest));
    }
  }
  return images as ForEach<Requests, Image>;
}

function isOfEngine({ reference }: ImageRequest): boolean {
  return reference.kind === "engine" || reference.kind === "registry";
}

async function readAllOfEngine(
  requests: readonly ImageRequest[],
  options: SourceOptions,
): Promise<ReadonlyMap<ImageRequest, Image>> {
  return readFromEngine(requests, options).catch((error) => {
    throw namingImage(error, labelOf(...requests));
  });
}

async function readFile(request: ImageRequest, options: SourceOptions): Promise<Image> {
  const { reference, platform, isBuilt } = request;
  // A file may be damaged under a known digest, and only reading it shows that.
  const store = isBuilt ? options.store : readingsOfThisRun();
  return readImageFile(reference, { ...options, platform, store }).catch((error) => {
    throw namingImage(error, labelOf(request));
  });
}
