import type { CacheScope } from "../docker/build/cache-scope.ts";
import type { RunId } from "../docker/engine/tags.ts";
import type { Access } from "../git/repository.ts";
import type { ReadingStore } from "../image/readings/reading-store.ts";
import type { FileReference } from "../policy/file/file-reference.ts";
import type { Progress } from "../process/progress.ts";
import type { Mask } from "../secrecy/mask.ts";
import type { BuilderRoute } from "../source/builder.ts";

/** The environment of an audit. */
export interface AuditEnvironment {
  /** the workspace, absolute; the inputs' paths are relative to it */
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** masks secrets in the output of `base-prepare`; a build masks its own */
  readonly mask?: Mask | undefined;
  readonly signal?: AbortSignal | undefined;
  /** decides which cache mounts builds may use */
  readonly cacheScope?: CacheScope;
  /** names what this run makes in the engine */
  readonly run?: RunId;
  /** readings that outlast the run; the action keeps none, since a forged one could hide a shell */
  readonly store?: ReadingStore;
  /** forces the route of images from a builder that is not the engine's own; default: the cheapest */
  readonly builderRoute?: BuilderRoute;
  /** gives access to the repository if the checkout left no credentials */
  readonly access?: Access | null;
  /** reads a file of another repository that a policy file extends; default: there is no way to */
  readonly fetchFile?: (reference: FileReference) => Promise<string>;
  /** the day that exceptions of a policy are counted to, as YYYY-MM-DD; default: today in UTC */
  readonly today?: string;
  /** asks the GitHub API for a merge base that a shallow clone does not have */
  readonly mergeBaseByApi?: (base: string, head: string) => Promise<string | null>;
}
