import type { Command } from "commander";
import { secrecyOf } from "../inputs/confidential.ts";
import { parseInputs } from "../inputs/inputs.ts";
import type { Inspection } from "../inspect/inspection.ts";
import { renderJson } from "../report/machine/json.ts";
import { renderInspectionMarkdown } from "../report/markdown/inspection.ts";
import { renderTerminal } from "../report/terminal/terminal.ts";
import { withTextsMasked } from "../secrecy/texts.ts";
import { addInputs, inputTextsOfFlags } from "./flags.ts";
import {
  dockerfileInputs,
  dockerfileMeanings,
  dockerfileTitles,
  imageForms,
  inspectImage,
  shownName,
} from "./inspect-image.ts";
import { addOutputFlags, looks, type OutputFlags } from "./output.ts";
import { addTerminalFlags, type TerminalFlags, terminalEnvironment } from "./terminal.ts";
import { writeOut } from "./write-out.ts";

/** Adds `image-audit inspect IMAGE`, which shows the facts about one image. */
export function addInspectCommand(program: Command): void {
  const command = program
    .command("inspect")
    .description(
      "Show the size, layers, shells and package managers of an image, and whether it is distroless",
    )
    .argument("<image>", "The image, in one of the forms below")
    .addHelpText("after", imageForms);
  addInputs(command, ({ name }) => dockerfileInputs.has(name), dockerfileMeanings, dockerfileTitles);
  addTerminalFlags(addOutputFlags(command)).action(async (image: string, flags: TerminalFlags) => {
    using environment = terminalEnvironment(flags);
    const inputs = parseInputs(inputTextsOfFlags(command));
    const { mask } = await secrecyOf(inputs, environment.env, environment.directory);
    const { inspection } = await inspectImage(image, inputs, environment);
    await writeOut([textOf(shownName(image), withTextsMasked(inspection, mask), flags)], flags);
  });
}

function textOf(name: string, inspection: Inspection, flags: OutputFlags): string {
  if (flags.format === "json") return renderJson(inspection);
  if (flags.format === "markdown") return renderInspectionMarkdown(name, inspection);
  return renderTerminal({ name, inspection }, looks(flags, process.env));
}
