import { algorithmOf, type Digest, isDigest } from "../../oci/digest.ts";
import { limits } from "../limits.ts";
import { field, isObject, type JsonObject, list, malformed, parseJson, text, textMap } from "./json.ts";

/**
 * The parts of an image config that we use (image-spec config.md). Strings are untrusted, exactly as in the
 * JSON.
 */
export interface ImageConfig {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string | null;
  readonly created: string | null;
  readonly user: string | null;
  readonly entrypoint: readonly string[] | null;
  readonly cmd: readonly string[] | null;
  readonly workingDir: string | null;
  /** from SHELL; null for the engine's own, `/bin/sh -c` */
  readonly shell: readonly string[] | null;
  /** from HEALTHCHECK: `NONE`, `CMD` with a command, or `CMD-SHELL` with a text */
  readonly healthcheck: readonly string[] | null;
  /** from VOLUME: directories, as written */
  readonly volumes: readonly string[];
  /** `NAME=value`; values may be secrets and are never shown */
  readonly env: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  readonly diffIds: readonly Digest[];
  readonly history: readonly HistoryEntry[];
}

export interface HistoryEntry {
  readonly createdBy: string;
  readonly comment: string;
  /** whether the instruction created no layer */
  readonly emptyLayer: boolean;
}

/** Parses an image config. @throws Failure image-invalid, limit-exceeded */
export function parseConfig(bytes: Uint8Array): ImageConfig {
  // Cached: an index can list the same image many times.
  const config = parsed.get(bytes) ?? parse(bytes);
  parsed.set(bytes, config);
  return config;
}

const parsed = new WeakMap<Uint8Array, ImageConfig>();

function parse(bytes: Uint8Array): ImageConfig {
  const document = parseJson(bytes, what, limits.config);
  const run = objectAt(document, "config");
  return {
    // Engines treat an image without an os, which old builders made, as a Linux image.
    os: textAt(document, "os") || "linux",
    architecture: textAt(document, "architecture") || "unknown",
    variant: textAt(document, "variant") || null,
    created: textAt(document, "created") || null,
    user: textAt(run, "User") || null,
    entrypoint: textsAt(run, "Entrypoint"),
    cmd: textsAt(run, "Cmd"),
    workingDir: textAt(run, "WorkingDir") || null,
    shell: textsAt(run, "Shell"),
    healthcheck: textsAt(objectAt(run, "Healthcheck"), "Test"),
    volumes: Object.keys(objectAt(run, "Volumes")),
    env: textsAt(run, "Env") ?? [],
    labels: textMap(field(run, "Labels", what), what, "Labels"),
    diffIds: diffIdsOf(objectAt(document, "rootfs")),
    history: historyOf(field(document, "history", what)),
  };
}

const what = "config";

function diffIdsOf(rootfs: JsonObject): readonly Digest[] {
  const diffIds = list(field(rootfs, "diff_ids", what) ?? [], what, "diff_ids");
  if (diffIds.length > limits.layers) throw malformed(what, `lists over ${limits.layers} layers`);
  // Blobs may have digests of other algorithms, but engines always compute sha256 for a diff ID.
  const isDiffId = (id: unknown): id is Digest => isDigest(id) && algorithmOf(id) === "sha256";
  if (!diffIds.every(isDiffId)) throw malformed(what, "has a diff ID that is not sha256");
  return diffIds;
}

function historyOf(value: unknown): readonly HistoryEntry[] {
  const history = list(value ?? [], what, "history");
  if (history.length > limits.history) throw malformed(what, `has over ${limits.history} history entries`);
  return history.map((entry) => {
    if (!isObject(entry)) throw malformed(what, "has a history entry that is not an object");
    return {
      createdBy: textAt(entry, "created_by"),
      comment: textAt(entry, "comment"),
      emptyLayer: field(entry, "empty_layer", what) === true,
    };
  });
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = field(object, name, what) ?? {};
  if (!isObject(value)) throw malformed(what, `has a field ${JSON.stringify(name)} that is not an object`);
  return value;
}

function textAt(object: JsonObject, name: string): string {
  return text(field(object, name, what) ?? "", what, name);
}

/** Returns a list of strings. A single string becomes a list of one, as in Docker. */
function textsAt(object: JsonObject, name: string): readonly string[] | null {
  const value = field(object, name, what);
  if (value === undefined) return null;
  if (typeof value === "string") return [value];
  return list(value, what, name).map((item) => text(item ?? "", what, name));
}
