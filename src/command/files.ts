import type { Command } from "commander";
import { eachInTurn } from "../in-turns.ts";
import { listFiles } from "../inspect/files.ts";
import { renderFiles } from "../report/file-list.ts";
import { addInputs, inputTextsOfFlags } from "./flags.ts";
import {
  dockerfileInputs,
  dockerfileMeanings,
  dockerfileTitles,
  imageForms,
  inspectImage,
} from "./inspect-image.ts";
import { addOutputFlags } from "./output.ts";
import { addWorldFlags, terminalWorld, type WorldFlags } from "./world.ts";
import { writeOut } from "./write-out.ts";

/** `image-audit files IMAGE`: the final filesystem, a line for each path. */
export function addFilesCommand(program: Command): void {
  const command = program
    .command("files")
    .description("List the final filesystem of an image, with the layer that holds each path")
    .argument("<image>", "The image, in one of the forms below")
    .addHelpText("after", imageForms);
  addInputs(command, ({ name }) => dockerfileInputs.has(name), dockerfileMeanings, dockerfileTitles);
  addWorldFlags(addOutputFlags(command, ["terminal", "json"])).action(
    async (image: string, flags: WorldFlags) => {
      using world = terminalWorld(flags);
      const { inspection, filesystem } = await inspectImage(image, inputTextsOfFlags(command), world);
      const records = listFiles(filesystem, inspection.layers);
      const pieces = renderFiles(records, flags.format === "json" ? "json" : "terminal");
      await writeOut(eachInTurn(pieces, world.signal), flags);
    },
  );
}
