import { attributeLayers } from "../../src/dockerfile/history/attribution.ts";
import { type Dockerfile, parseDockerfile } from "../../src/dockerfile/parse/dockerfile.ts";
import { expandWord } from "../../src/dockerfile/parse/expand.ts";
import { argumentsOf, type Instruction } from "../../src/dockerfile/parse/instruction.ts";
import { splitWords } from "../../src/dockerfile/parse/words.ts";
import { resolveStages, type Stages } from "../../src/dockerfile/stages/stages.ts";
import { Failure } from "../../src/failure.ts";
import type { InstructionView, OracleAnswer, OracleRequest, ParsedView } from "./buildkit-oracle.ts";

/** Each side's answer to one request, in a common form. The two are equal if both sides agree. */
export interface Comparable {
  readonly word?: string | null;
  readonly parsed?: ParsedView | null;
  readonly resolved?: { readonly reachable: readonly number[]; readonly images: readonly string[] } | null;
  /** number of history entries that were matched with an instruction */
  readonly attributed?: number;
}

export function oursOf(request: OracleRequest, answer: OracleAnswer): Comparable {
  if (request.word !== undefined) return { word: attempt(() => expand(request)) };
  // The oracle is BuildKit's built-in frontend, whichever one the Dockerfile requests.
  const dockerfile = attempt(() => parseDockerfile(request.dockerfile ?? "", "docker/dockerfile:1"));
  if (dockerfile === null) return { parsed: null };
  const parsed = parsedView(dockerfile);
  const stages = attempt(() => resolve(dockerfile, request));
  if (stages === null) return { parsed, resolved: null };
  const resolved = { reachable: reachableOf(stages), images: imagesOf(stages) };
  if (answer.error !== undefined) return { parsed, resolved };
  return { parsed, resolved, attributed: attributedOf(dockerfile, stages, answer) };
}

/**
 * Returns BuildKit's answer in the common form. When BuildKit starts to build a stage, it refuses things that
 * only a build can detect. We need not refuse them. BuildKit then does not report what it has resolved.
 */
export function theirsOf(request: OracleRequest, answer: OracleAnswer, ours: Comparable): Comparable {
  if (request.word !== undefined) return { word: answer.word ?? null };
  if (answer.phase === "parse") return { parsed: null };
  const parsed = withoutTexts(answer.parsed);
  if (answer.error !== undefined) {
    const late = answer.reachable !== undefined && !/^cannot (?:copy|mount) from stage/.test(answer.error);
    return { parsed, resolved: late ? (ours.resolved ?? null) : null };
  }
  const resolved = { reachable: answer.reachable ?? [], images: answer.images ?? [] };
  return { parsed, resolved, attributed: answer.history?.length ?? 0 };
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function expand({ word = "", variables = {}, ...request }: OracleRequest): string {
  return expandWord(word, new Map(Object.entries(variables)), {
    escapeToken: request.escape === "`" ? "`" : "\\",
    line: 1,
  });
}

function resolve(
  dockerfile: Dockerfile,
  { target, buildArgs = {}, contexts = {}, platform }: OracleRequest,
): Stages {
  return resolveStages(dockerfile, {
    target,
    platform,
    buildPlatform: "linux/amd64",
    buildArgs: new Map(Object.entries(buildArgs)),
    buildContexts: new Map(Object.entries(contexts)),
  });
}

function parsedView(dockerfile: Dockerfile): ParsedView {
  return {
    escape: dockerfile.escapeToken,
    metaArgs: dockerfile.metaArgs.map(instructionView),
    stages: dockerfile.stages.map(({ name, base, platform, from, instructions }) => ({
      name: name ?? "",
      base,
      platform: platform ?? "",
      line: from.line,
      instructions: instructions.map(instructionView),
    })),
  };
}

function instructionView({
  keyword,
  line,
  endLine,
  flags,
  text,
  json,
  escapeToken,
  heredocs,
}: Instruction): InstructionView {
  const shared = {
    keyword,
    line,
    endLine,
    flags,
    heredocs: heredocs.map(({ name, chomp, content }) => ({ name, chomp, content })),
  };
  if (hasNoArgs(keyword)) return { ...shared, args: [], ...(json === undefined ? {} : { json }) };
  const blankSeparated = ["ADD", "COPY", "EXPOSE", "VOLUME"].includes(keyword);
  const plain = text === "" ? [] : [text];
  const written =
    keyword === "ARG" ? splitWords(text, escapeToken) : blankSeparated ? argumentsOf({ text }) : plain;
  return { ...shared, args: json ?? written, ...(json === undefined ? {} : { json }) };
}

/** Reports whether BuildKit stores the arguments of this instruction in another form. */
function hasNoArgs(keyword: string): boolean {
  return ["ENV", "LABEL", "HEALTHCHECK", "ONBUILD"].includes(keyword);
}

function withoutTexts(parsed: ParsedView | undefined): ParsedView | null {
  if (parsed === undefined) return null;
  const view = (instruction: InstructionView): InstructionView => ({
    ...instruction,
    args: hasNoArgs(instruction.keyword) ? [] : instruction.args,
  });
  const stages = parsed.stages.map((stage) => ({ ...stage, instructions: stage.instructions.map(view) }));
  return { ...parsed, metaArgs: parsed.metaArgs.map(view), stages };
}

function reachableOf({ stages }: Stages): readonly number[] {
  return stages.filter(({ reachable, replaced }) => reachable && !replaced).map(({ index }) => index);
}

/**
 * Returns the images that BuildKit requests from registries: bases of stages, and sources of copies and
 * mounts.
 */
function imagesOf({ stages, images }: Stages): readonly string[] {
  const bases = stages
    .filter(({ reachable, parent }) => reachable && parent === null)
    .map(({ resolved }) => resolved);
  const fromRegistries = bases.filter((base) => base !== "scratch" && !base.startsWith("local:"));
  return [...new Set([...fromRegistries, ...images])].sort();
}

/**
 * Counts attributed history entries. The stand-in images have no history, so all entries are the Dockerfile's
 * own.
 */
function attributedOf(dockerfile: Dockerfile, stages: Stages, { history = [] }: OracleAnswer): number {
  const below = {
    createdBy: "RUN /bin/sh -c from-the-base-image # buildkit",
    comment: "",
    emptyLayer: false,
  };
  const scratch = stages.baseImage.resolved === "scratch";
  const whole = scratch ? history : [below, ...history];
  const layerCount = whole.filter(({ emptyLayer }) => !emptyLayer).length;
  const { layers, baseLayerCount } = attributeLayers({ history: whole, layerCount, dockerfile, stages });
  const own = layers.filter(({ origin }) => origin === "own").length;
  const empty = history.length - history.filter(({ emptyLayer }) => !emptyLayer).length;
  return baseLayerCount === (scratch ? 0 : 1) ? own + empty : -1;
}
