import type { CacheScope } from "../docker/build/cache-scope.ts";
import type { RunId } from "../docker/engine/tags.ts";
import type { Access } from "../git/repository.ts";
import type { ReadingStore } from "../image/readings/reading-store.ts";
import type { Progress } from "../process/progress.ts";
import type { Mask } from "../secrecy/mask.ts";
import type { BuilderRoute } from "../source/builder.ts";

/** What an audit is done in. */
export interface AuditEnvironment {
  /** the workspace, absolute; the inputs' paths are relative to it */
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** hides secrets in the output of `base-prepare`; a build hides its own */
  readonly mask?: Mask | undefined;
  readonly signal?: AbortSignal | undefined;
  /** labelOf cache mounts builds may use */
  readonly cacheScope?: CacheScope;
  /** names what this run makes in the engine */
  readonly run?: RunId;
  /** readings that outlast the run; the action has none, since a forged one would hide a shell */
  readonly store?: ReadingStore;
  /** forces the route that images come out of a builder by, where it is not the engine's own; unless given, the cheapest */
  readonly builderRoute?: BuilderRoute;
  /** reads the repository where the checkout left no credentials */
  readonly access?: Access | null;
  /** asks the GitHub API for a merge base that a shallow clone cannot tell */
  readonly mergeBaseByApi?: (base: string, head: string) => Promise<string | null>;
}
