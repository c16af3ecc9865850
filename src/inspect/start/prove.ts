import type { ImageConfig } from "../../image/documents/config.ts";
import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import { shownPath } from "../bytes.ts";
import { machineName, runsOn } from "./architecture.ts";
import { startChainOf } from "./chain.ts";
import { commandOf, type StartConfig, type StartOverrides } from "./command.ts";
import { healthcheckProblem } from "./healthcheck.ts";
import { resolveLibraries } from "./loader.ts";
import type { Loading, LoadRequest } from "./loading.ts";
import { proveRuntimes } from "./runtimes/runtimes.ts";
import type { Start, StartLink, StartProblem } from "./start.ts";
import type { StartedProgram } from "./started-program.ts";
import { volumeFor } from "./volumes.ts";

/**
 * Proves whether an image's own command can start: the command itself, what it executes, and each program's
 * libraries.
 * @param config strings as in the image. USER and WORKDIR may contain values of build arguments, and so may
 *   the result.
 * @throws Failure limit-exceeded, as `resolve` does
 */
export function proveStart(
  config: StartConfig & Pick<ImageConfig, "os" | "architecture">,
  filesystem: Filesystem,
  overrides: StartOverrides = {},
): Start {
  const chain = startChainOf(config, filesystem, overrides);
  // Runtimes for WebAssembly execute files that are not programs to the kernel.
  if (config.os !== "linux" || config.architecture.startsWith("wasm")) {
    const unproven = [`Image Audit does not know how programs start on ${config.os}/${config.architecture}.`];
    return { verdict: "unknown", command: chain.command, chain: [], problems: [], unproven, hints: [] };
  }
  const loadings = new Map(
    chain.programs.map((program) => [program.link, resolveLibraries(requestOf(program, filesystem))]),
  );
  const all = [...loadings.values()];
  const machines = chain.programs.map((program) => checkMachine(program, config));
  const runtimes = proveRuntimes(chain, filesystem);
  const found = [
    ...chain.problems,
    ...machines.flatMap(({ problem }) => problem ?? []),
    ...all.flatMap((loading) => loading.problems),
    ...runtimes.problems,
  ];
  const directory = overrides.workdir || config.workingDir || "/";
  const problems: StartProblem[] = [];
  const inVolumes: string[] = [];
  for (const problem of found) {
    const volume = volumeFor(problem, config.volumes ?? [], directory);
    if (volume === null) problems.push(problem);
    else inVolumes.push(`${problem.path} needs ${problem.needs}, which the volume ${volume} may contain.`);
  }
  const unknown = [
    ...inVolumes,
    ...chain.unknown,
    ...machines.flatMap(({ unknown }) => unknown ?? []),
    ...all.flatMap((loading) => loading.unknown),
  ];
  const healthcheck = healthcheckProblem(config, commandOf(config, overrides), filesystem);
  const isInVolume =
    healthcheck !== null &&
    volumeFor({ ...healthcheck, path: healthcheck.needs }, config.volumes ?? [], directory) !== null;
  return {
    ...(healthcheck === null || isInVolume ? {} : { healthcheck }),
    verdict: problems.length > 0 ? "no" : unknown.length > 0 ? "unknown" : "yes",
    command: chain.command,
    chain: chain.links.flatMap((link) => [link, ...linksOf(loadings.get(link))]),
    problems,
    unproven: [...new Set([...unknown, ...all.flatMap(({ unproven }) => unproven), ...runtimes.unproven])],
    hints: [...new Set([...chain.hints, ...all.flatMap(({ hints }) => hints), ...runtimes.hints])],
  };
}

function requestOf(call: StartedProgram, filesystem: Filesystem): LoadRequest {
  const { program, env, directory, isSecure, account, isStartedByEngine } = call;
  return {
    filesystem,
    program,
    env,
    directory,
    isSecure,
    user: account === null || account.gids === null ? null : { uid: account.uid, gids: account.gids },
    isStartedByEngine,
  };
}

function checkMachine(
  { program }: StartedProgram,
  { os, architecture }: Pick<ImageConfig, "os" | "architecture">,
): { readonly problem?: StartProblem; readonly unknown?: string } {
  const elf = program.attributes.content?.elf;
  if (elf === undefined) return {};
  const path = shownPath(program.path);
  const answer = runsOn(elf, { os, architecture });
  if (answer === "unknown")
    return {
      unknown: `It is not known whether every ${os}/${architecture} machine executes ${path}, which is for ${machineName(elf)}.`,
    };
  if (answer === "yes") return {};
  const found = `the image's platform is ${os}/${architecture}`;
  return { problem: { class: "wrong-architecture", path, needs: machineName(elf), found } };
}

function linksOf(loading: Loading | undefined): readonly StartLink[] {
  return loading?.links ?? [];
}
