import { field, isObject, list, malformed, parseJsonList, text } from "../documents/json.ts";
import { limits } from "../limits.ts";

/** One image of `docker save`'s manifest.json, the *archive manifest*: names of members of the archive. */
export interface ArchiveImage {
  readonly config: string;
  readonly tags: readonly string[];
  /** lowest first */
  readonly layers: readonly string[];
  /** only an engine with a graph driver writes LayerSources (moby/moby, image/tarexport/save.go) */
  readonly hasLayerSources: boolean;
}

/** @param bytes null where the archive has no manifest.json: no images. @throws Failure image-invalid, limit-exceeded */
export function readArchiveManifest(bytes: Uint8Array | null): readonly ArchiveImage[] {
  if (bytes === null) return [];
  return parseJsonList(bytes, what, limits.manifest).map((entry) => {
    if (!isObject(entry)) throw malformed(what, "has an entry that is no object");
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
