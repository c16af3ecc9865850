import * as v from "valibot";
import { type Digest, isDigest } from "../../oci/digest.ts";
import { askEngine, inPath } from "./api.ts";
import { runDocker } from "./docker.ts";
import type { Engine } from "./engine.ts";
import { engineFailure } from "./failure.ts";
import { saysNoImage } from "./save-and-pull.ts";

/** What the engine says about an image without reading it. */
export interface EngineImage {
  /** with a graph driver the config's digest; null where it is no digest */
  readonly id: Digest | null;
  /** diff IDs of its layers, lowest first */
  readonly diffIds: readonly Digest[];
  /**
   * Bytes, as the engine counts them: about the sum of the unpacked layers with a graph driver, something else with other
   * stores. For choosing a route, never for a report.
   */
  readonly size: number;
  /** by which registries know it, as far as the engine remembers */
  readonly digests: readonly string[];
  /** whether it has a name, by tag or by digest, and not only its ID */
  readonly hasName: boolean;
}

/**
 * The image of that name or ID; null where the engine has none.
 * @throws Failure engine-failed or another of the engine's, cancelled
 */
export async function findEngineImage(
  reference: string,
  engine: Pick<Engine, "env" | "socket">,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<EngineImage | null> {
  const { signal } = options;
  if (engine.socket !== null) {
    const path = `/images/${inPath(reference)}/json`;
    const answer = await askEngine(engine.socket, { method: "GET", path, signal });
    if (answer?.status === 200) return parseImage(answer.body);
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
