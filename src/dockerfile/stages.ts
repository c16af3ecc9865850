/** One `FROM … [AS name]` of a Dockerfile, resolved as BuildKit resolves it. */
export interface Stage {
  readonly index: number;
  /** lower case, as BuildKit keeps it; null where the stage has no name */
  readonly name: string | null;
  /** the reference as in the file, unexpanded */
  readonly written: string;
  /** `scratch`, a normalised image reference (docker.io/library/golang:1.24), or what a named context replaces it by; for FROM stage, what that stage resolves to */
  readonly resolved: string;
  /** index of the stage that FROM names; null where it names an image */
  readonly parent: number | null;
  /** 1-based line of FROM */
  readonly line: number;
  /** whether the target needs it */
  readonly reachable: boolean;
}

/** What a Dockerfile says about its stages once target, build arguments and named contexts are known. */
export interface Stages {
  readonly stages: readonly Stage[];
  /** index of the stage that is built */
  readonly target: number;
  readonly baseImage: { readonly written: string; readonly resolved: string };
  /** references that reachable stages copy or mount from and that are images, normalised, sorted, each once */
  readonly images: readonly string[];
}

/** All that decides which stages are built, as docker buildx build takes it. */
export interface StageRequest {
  readonly target?: string | undefined;
  readonly buildArgs?: ReadonlyMap<string, string>;
  readonly buildContexts?: ReadonlyMap<string, string>;
  /** os/arch[/variant] of the image; the build platform is taken to be the same unless given */
  readonly platform?: string | undefined;
  readonly buildPlatform?: string | undefined;
}
