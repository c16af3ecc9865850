import { field, isObject, list, malformed, parseJsonList, text } from "../documents/json.ts";
import { limits } from "../limits.ts";

/**
 * One image in `docker save`'s manifest.json, the *archive manifest*. Config and layers are names of members.
 */
export interface ArchiveImage {
  readonly config: string;
  readonly tags: readonly string[];
  /** lowest first */
  readonly layers: readonly string[];
  /**
   * true only for an engine with a graph driver, which writes LayerSources (moby/moby,
   * image/tarexport/save.go)
   */
  readonly hasLayerSources: boolean;
}

/**
 * Returns the images that manifest.json lists.
 * @param bytes null if the archive has no manifest.json, and so lists no images
 * @throws Failure image-invalid, limit-exceeded
 */
export function readArchiveManifest(bytes: Uint8Array | null): readonly ArchiveImage[] {
  if (bytes === null) return [];
  return parseJsonList(bytes, what, limits.manifest).map((entry) => {
    if (!isObject(entry)) throw malformed(what, "has an entry that is not an object");
    const texts = (name: string) =>
      list(field(entry, name, what) ?? [], what, name).map((item) => text(item, what, name));
    return {
      config: text(field(entry, "Config", what), what, "Config"),
      tags: texts("RepoTags"),
      layers: texts("Layers"),
      hasLayerSources: field(entry, "LayerSources", what) !== undefined,
    };
  });
}

const what = "archive manifest (manifest.json)";
