import type { Command } from "commander";
import { secrecyOf } from "../inputs/confidential.ts";
import { parseInputs } from "../inputs/inputs.ts";
import { renderJson } from "../report/machine/json.ts";
import { packageListLines } from "../report/terminal/package-list.ts";
import { inPieces } from "../report/text/pieces.ts";
import { withTextsMasked } from "../secrecy/texts.ts";
import { addInputs, inputTextsOfFlags } from "./flags.ts";
import { dockerfileMeanings, imageForms, inspectImage } from "./inspect-image.ts";
import { addOutputFlags } from "./output.ts";
import { addTerminalFlags, type TerminalFlags, terminalEnvironment } from "./terminal.ts";
import { writeOut } from "./write-out.ts";

/** Adds `image-audit packages IMAGE`, which lists what is installed in an image. */
export function addPackagesCommand(program: Command): void {
  const command = program
    .command("packages")
    .description("List the installed packages of an image, with version, size and package URL")
    .argument("<image>", "The image, in one of the forms below")
    .addHelpText("after", imageForms);
  addInputs(command, ({ name }) => name === "platforms", dockerfileMeanings, { build: "What to read" });
  addTerminalFlags(addOutputFlags(command, ["terminal", "json"])).action(
    async (image: string, flags: TerminalFlags) => {
      using environment = terminalEnvironment(flags);
      const inputs = parseInputs(inputTextsOfFlags(command));
      const { mask } = await secrecyOf(inputs, environment.env, environment.directory);
      const { inspection } = await inspectImage(image, inputs, environment);
      const { packages, packagesUnread } = inspection;
      const facts = withTextsMasked({ packages, packagesUnread }, mask);
      const text =
        flags.format === "json" ? [renderJson(facts)] : inPieces(packageListLines(facts), (line) => line);
      await writeOut(text, flags);
    },
  );
}
