import { closest } from "fastest-levenshtein";
import { Failure } from "../../failure.ts";
import { type Platform, parsePlatform } from "../../oci/platform.ts";
import { formatReference, parseReference } from "../../oci/reference.ts";
import { lower } from "../parse/blank.ts";
import type { DeclaredStage, Dockerfile } from "../parse/dockerfile.ts";
import { expandWord } from "../parse/expand.ts";
import { quote, refuse } from "../parse/refuse.ts";
import { checkBuilt } from "./build-checks.ts";
import { declareStages, type Graph, type GraphNode, linkStages } from "./graph.ts";
import { contextImage, isRemoteContext, type NamedContext, namedContexts } from "./named-context.ts";
import { reachableNodes, refuseCircle, refuseLaterSources } from "./reach.ts";
import { globalVariables } from "./variables.ts";

/** One `FROM … [AS name]` of a Dockerfile, resolved as in BuildKit. */
export interface Stage {
  readonly index: number;
  /** in lower case, as BuildKit stores it; null if the stage has no name */
  readonly name: string | null;
  /** the reference in the file, unexpanded */
  readonly written: string;
  /**
   * `scratch`, a normalised image reference (docker.io/library/golang:1.24), or what a named context replaces
   * it with; if FROM names a stage, what that stage resolves to
   */
  readonly resolved: string;
  /** index of the stage that FROM names; null if it names an image */
  readonly parent: number | null;
  /** whether a named context replaces the whole stage, so that none of its instructions run */
  readonly replaced: boolean;
  /** 1-based line of FROM */
  readonly line: number;
  /** whether the target needs it */
  readonly reachable: boolean;
}

/** Something from outside of the repository that the target's stages start from, copy from or mount. */
export interface Source {
  readonly use: "from" | "copy";
  /** the reference in FROM, unexpanded, or the one that is copied or mounted from */
  readonly written: string;
  /** a normalised reference, or the remote build context that replaces it */
  readonly resolved: string;
  /** 1-based line of FROM, or of the instruction that names it first */
  readonly line: number;
}

/** The stages of a Dockerfile for a given target, build arguments and named contexts. */
export interface Stages {
  readonly stages: readonly Stage[];
  /** index of the stage that is built */
  readonly target: number;
  readonly baseImage: { readonly written: string; readonly resolved: string };
  /** images that reachable stages copy or mount from: normalised, sorted, without duplicates */
  readonly images: readonly string[];
  /** in the order of their lines; scratch and local build contexts are none */
  readonly sources: readonly Source[];
}

/** The options of docker buildx build that decide which stages are built. */
export interface StageRequest {
  readonly target?: string | undefined;
  readonly buildArgs?: ReadonlyMap<string, string>;
  readonly buildContexts?: ReadonlyMap<string, string>;
  /** os/arch[/variant] of the image; also the build platform, unless that is given */
  readonly platform?: string | undefined;
  readonly buildPlatform?: string | undefined;
}

const defaultPlatform: Platform = { os: "linux", osVersion: "", architecture: "amd64", variant: "" };

/**
 * Resolves the stages, their base images and what the target needs, as BuildKit does before it builds. This
 * includes the ONBUILD triggers of stages, but not those of images, which are in configs that are not read
 * here.
 * @throws Failure `target-unknown`; `dockerfile-invalid` if BuildKit refuses a stage, even one that the
 * target does not need; `input-invalid` for an invalid platform or named context
 */
export function resolveStages(dockerfile: Dockerfile, request: StageRequest): Stages {
  const context = namedContexts(request.buildContexts ?? new Map());
  const bases = expandBases(dockerfile, request);
  const graph = declareStages(dockerfile, bases, context);
  const target = findTarget(graph, dockerfile, request.target ?? "");
  linkStages(graph, dockerfile);
  refuseCircle(graph);
  const reachable = reachableNodes(graph, dockerfile, target);
  refuseLaterSources(graph, reachable);
  checkBuiltStages(graph, reachable, request.buildArgs ?? new Map());

  const stages: Stage[] = [];
  for (const [index, { name, base, from }] of dockerfile.stages.entries()) {
    const node = graph.nodes[index];
    if (node === undefined) throw new Error(`stage ${index} has no node`);
    const { parent } = node;
    const isReachable = reachable.has(index);
    const resolved = stages[parent ?? -1]?.resolved ?? resolveBase(node, context, isReachable).resolved;
    const replaced = node.context !== null;
    stages.push({
      index,
      name,
      written: base,
      resolved,
      parent,
      replaced,
      line: from.line,
      reachable: isReachable,
    });
  }
  return {
    stages,
    target,
    baseImage: rootOf(stages, target),
    images: imagesOf(graph, reachable, context),
    sources: sourcesOf(graph, stages, { reachable, context }),
  };
}

/** Returns the chain of FROM up to the target. The first stage is built from an image. */
export function chainOf(stages: readonly Stage[], target: number): readonly Stage[] {
  const chain: Stage[] = [];
  for (let stage = stages[target]; stage !== undefined; stage = stages[stage.parent ?? -1]) chain.push(stage);
  return chain.reverse();
}

/** Checks the instructions of the stages that are built. A stage starts in its parent's last directory. */
function checkBuiltStages(
  { nodes }: Graph,
  reachable: ReadonlySet<number>,
  buildArgs: ReadonlyMap<string, string>,
): void {
  const inRoot = new Map<number, boolean>();
  for (const { index, parent, context, declared, steps } of nodes) {
    let isInRoot = context === null && (inRoot.get(parent ?? -1) ?? true);
    for (const { instruction } of steps) {
      isInRoot &&= instruction.keyword !== "WORKDIR";
      const isBuilt = declared && context === null && reachable.has(index);
      if (isBuilt) checkBuilt(instruction, { inRoot: isInRoot, buildArgs });
    }
    inRoot.set(index, isInRoot);
  }
}

function expandBases(dockerfile: Dockerfile, request: StageRequest): readonly string[] {
  const { stages, escapeToken } = dockerfile;
  const targetPlatform = platformOf(request.platform, platformOf(request.buildPlatform, defaultPlatform));
  const buildPlatform = platformOf(request.buildPlatform, targetPlatform);
  const target = request.target || (stages.at(-1)?.name ?? "");
  const buildArgs = request.buildArgs ?? new Map();
  const variables = globalVariables(dockerfile, { buildArgs, target, targetPlatform, buildPlatform });
  return stages.map(({ base, platform, from: { line } }: DeclaredStage) => {
    const expanded = expandWord(base, variables, { escapeToken, line });
    if (expanded === "")
      refuse(line, `the base image ${quote(base)} is blank after its variables are expanded`);
    const wanted = platform === null ? null : expandWord(platform, variables, { escapeToken, line });
    if (wanted !== null && parsePlatform(wanted, buildPlatform) === null) {
      refuse(
        line,
        `the platform ${quote(platform ?? "")} expands to ${quote(wanted)}, which is not a platform`,
      );
    }
    return expanded;
  });
}

function platformOf(text: string | undefined, fallback: Platform): Platform {
  if (text === undefined) return fallback;
  const platform = parsePlatform(text, fallback);
  if (platform === null) {
    throw new Failure(
      "input-invalid",
      `${quote(text)} is not a platform. Write it as os/architecture, such as linux/arm64.`,
    );
  }
  return platform;
}

function findTarget(graph: Graph, { stages }: Dockerfile, target: string): number {
  if (target === "") return stages.length - 1;
  const found = graph.byName.get(lower(target));
  if (found !== undefined) return found;
  const names = [...graph.byName.keys()];
  const advice =
    names.length === 0
      ? "None of its stages has a name. Add one with FROM … AS name."
      : `The nearest is ${quote(closest(lower(target), names))}; its stages are ${names.join(", ")}.`;
  throw new Failure("target-unknown", `The Dockerfile has no stage ${quote(target)}. ${advice}`);
}

interface Base {
  readonly resolved: string;
  /** false for scratch, and for a directory or repository that replaces an image */
  readonly isImage: boolean;
}

function resolveBase(node: GraphNode, context: NamedContext, reachable: boolean): Base {
  if (node.context !== null) return resolveContext(node.context, reachable);
  const reference = parseReference(node.base);
  if (node.base === "scratch" || reference === null) return { resolved: node.base, isImage: false };
  const image = formatReference(reference);
  const replacement = context(image);
  return replacement === null ? { resolved: image, isImage: true } : resolveContext(replacement, reachable);
}

function resolveContext(value: string, reachable: boolean): Base {
  const context = contextImage(value);
  if (context === null && reachable) {
    throw new Failure(
      "input-invalid",
      `The build context ${quote(value)} is not a valid image reference. Correct it.`,
    );
  }
  const image = context?.image ?? null;
  return { resolved: image ?? value, isImage: image !== null && image !== "scratch" };
}

function rootOf(stages: readonly Stage[], target: number): Stages["baseImage"] {
  const [root] = chainOf(stages, target);
  if (root === undefined) throw new Error(`there is no stage ${target}`);
  return { written: root.written, resolved: root.resolved };
}

function imagesOf(
  { nodes }: Graph,
  reachable: ReadonlySet<number>,
  context: NamedContext,
): readonly string[] {
  const images = nodes
    .filter(({ declared, index }) => !declared && reachable.has(index))
    .map((node) => resolveBase(node, context, true))
    .flatMap(({ resolved, isImage }) => (isImage ? [resolved] : []));
  return [...new Set(images)].sort();
}

function sourcesOf(
  { nodes }: Graph,
  stages: readonly Stage[],
  { reachable, context }: { readonly reachable: ReadonlySet<number>; readonly context: NamedContext },
): readonly Source[] {
  const sources = nodes
    .filter(({ index, parent }) => reachable.has(index) && parent === null)
    .flatMap((node): readonly Source[] => {
      const { resolved, isImage } = resolveBase(node, context, true);
      if (!isImage && !isRemoteContext(resolved)) return [];
      const written = stages[node.index]?.written ?? node.base;
      return [{ use: node.declared ? "from" : "copy", written, resolved, line: node.line }];
    })
    .toSorted((a, b) => a.line - b.line);
  const groups = Map.groupBy(sources, ({ use, resolved }) => `${use} ${resolved}`);
  return [...groups.values()].flatMap(([first]) => first ?? []);
}
