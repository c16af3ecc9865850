import * as v from "valibot";
import { type Digest, isDigest } from "../../oci/digest.ts";
import { askEngine, inPath } from "./api.ts";
import { runDocker } from "./docker.ts";
import type { Engine } from "./engine.ts";
import { engineFailure } from "./failure.ts";
import { saysNoImage } from "./save-and-pull.ts";

/** An image as the engine describes it, without its content. */
export interface EngineImage {
  /** the config's digest if the engine uses a graph driver; null if it is not a digest */
  readonly id: Digest | null;
  /** diff IDs of the layers, lowest first */
  readonly diffIds: readonly Digest[];
  /**
   * Bytes, as the engine counts them. With a graph driver this is about the sum of the unpacked layers; other
   * stores count differently. For choosing a route, never for a report.
   */
  readonly size: number;
  /** the image's digests in registries, as far as the engine has recorded them */
  readonly digests: readonly string[];
  /** whether the image has a name (by tag or by digest) besides its ID */
  readonly hasName: boolean;
}

/**
 * Looks up an image by name or ID. Returns null if the engine does not have it.
 * @throws Failure engine-failed or another failure of the engine, cancelled
 */
export async function findEngineImage(
  reference: string,
  engine: Pick<Engine, "env" | "socket">,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<EngineImage | null> {
  const { signal } = options;
  if (engine.socket !== null) {
    const path = `/images/${inPath(reference)}/json`;
    const response = await askEngine(engine.socket, { method: "GET", path, signal });
    if (response?.status === 200) return parseImage(response.body);
  }
  const args = ["image", "inspect", "--format", "{{json .}}", "--", reference];
  const { code, stdout, stderr } = await runDocker(args, { env: engine.env, signal });
  if (code === 0) return parseImage(stdout);
  if (saysNoImage(stderr)) return null;
  throw engineFailure(stderr, "docker image inspect");
}

function parseImage(text: string): EngineImage {
  const { Id, RepoTags, RepoDigests, Size, RootFS } = v.parse(imageSchema, JSON.parse(text));
  return {
    id: isDigest(Id) ? Id : null,
    diffIds: RootFS.Layers.filter(isDigest),
    size: Size,
    digests: RepoDigests.map((named) => named.slice(named.lastIndexOf("@") + 1)),
    hasName: RepoTags.length + RepoDigests.length > 0,
  };
}

const names = v.nullish(v.array(v.string()), []);

const imageSchema = v.object({
  Id: v.nullish(v.string(), ""),
  RepoTags: names,
  RepoDigests: names,
  Size: v.nullish(v.number(), 0),
  RootFS: v.nullish(v.object({ Layers: names }), { Layers: [] }),
});
