import { join } from "node:path";
import type { Command } from "commander";
import { stageRequestOf } from "../audit/inspect-sides.ts";
import { parseDockerfile } from "../dockerfile/parse/dockerfile.ts";
import { resolveStages } from "../dockerfile/stages/stages.ts";
import { secrecyOf } from "../inputs/confidential.ts";
import { parseInputs } from "../inputs/inputs.ts";
import { renderJson } from "../report/machine/json.ts";
import { renderStages } from "../report/terminal/stages.ts";
import { withTextsMasked } from "../secrecy/texts.ts";
import { addInputs, inputTextsOfFlags } from "./flags.ts";
import { readDockerfileAt } from "./inspect-image.ts";
import { addOutputFlags, looks, type OutputFlags } from "./output.ts";
import { writeOut } from "./write-out.ts";

const stageInputs = new Set(["file", "context", "target", "build-args", "build-contexts", "platforms"]);

/** Adds `image-audit stages`, which shows the stages of a Dockerfile. It needs no engine. */
export function addStagesCommand(program: Command): void {
  const command = program
    .command("stages")
    .description("Show the stages of a Dockerfile as BuildKit resolves them");
  addInputs(command, (option) => stageInputs.has(option.name));
  addOutputFlags(command, ["terminal", "json"]).action(async (flags: OutputFlags) => {
    const inputs = parseInputs(inputTextsOfFlags(command));
    const { build } = inputs;
    const source = await readDockerfileAt(build.file ?? join(build.context, "Dockerfile"));
    const dockerfile = parseDockerfile(source, build.buildArgs.get("BUILDKIT_SYNTAX"));
    const { mask } = await secrecyOf(inputs, process.env, process.cwd());
    const stages = withTextsMasked(resolveStages(dockerfile, stageRequestOf(build, null)), mask);
    const text =
      flags.format === "json" ? renderJson(stages) : renderStages(stages, looks(flags, process.env));
    await writeOut([text], flags);
  });
}
