import type { Command } from "commander";
import { parseDockerfile } from "../dockerfile/dockerfile.ts";
import { resolveStages } from "../dockerfile/stages.ts";
import type { Inputs } from "../inputs.ts";
import { parseInputs } from "../inputs.ts";
import { renderStages } from "../report/stages.ts";
import { readDockerfile } from "../source/dockerfile.ts";
import { addInputs, inputTextsOfFlags } from "./flags.ts";
import { addOutputFlags, looks, type OutputFlags, writeOut } from "./output.ts";

const inputs = new Set(["file", "context", "target", "build-args", "build-contexts", "platforms"]);

/** `image-audit stages`: what a Dockerfile says about its stages. Needs no engine. */
export function addStagesCommand(program: Command): void {
  const command = program.command("stages").description("Show the stages of a Dockerfile as BuildKit resolves them");
  addInputs(command, (option) => inputs.has(option.name));
  addOutputFlags(command, ["terminal", "json"]).action(async (flags: OutputFlags) => {
    const { build } = parseInputs(inputTextsOfFlags(command));
    const dockerfile = parseDockerfile(await readDockerfile(build.file ?? `${build.context}/Dockerfile`));
    const stages = resolveStages(dockerfile, stageRequestOf(build));
    await writeOut([renderStages(stages, flags.format === "json" ? "json" : looks(flags, process.env))], flags);
  });
}

function stageRequestOf(build: Inputs["build"]) {
  return {
    target: build.target ?? undefined,
    buildArgs: build.buildArgs,
    buildContexts: build.buildContexts,
    platform: build.platform ?? undefined,
  };
}
