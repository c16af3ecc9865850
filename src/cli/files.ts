import type { Command } from "commander";
import { secrecyOf } from "../inputs/confidential.ts";
import { parseInputs } from "../inputs/inputs.ts";
import { type FileRecord, listFiles } from "../inspect/files.ts";
import { eachInTurn } from "../process/in-turns.ts";
import { renderJsonLine } from "../report/machine/json.ts";
import { fileLine } from "../report/terminal/file-list.ts";
import { inPieces } from "../report/text/pieces.ts";
import type { Mask } from "../secrecy/mask.ts";
import { withTextsMasked } from "../secrecy/texts.ts";
import { addInputs, inputTextsOfFlags } from "./flags.ts";
import {
  dockerfileInputs,
  dockerfileMeanings,
  dockerfileTitles,
  imageForms,
  inspectImage,
} from "./inspect-image.ts";
import { addOutputFlags } from "./output.ts";
import { addTerminalFlags, type TerminalFlags, terminalEnvironment } from "./terminal.ts";
import { writeOut } from "./write-out.ts";

/** Adds `image-audit files IMAGE`, which lists the final filesystem, one path per line. */
export function addFilesCommand(program: Command): void {
  const command = program
    .command("files")
    .description("List the final filesystem of an image, with the layer that holds each path")
    .argument("<image>", "The image, in one of the forms below")
    .addHelpText("after", imageForms);
  addInputs(command, ({ name }) => dockerfileInputs.has(name), dockerfileMeanings, dockerfileTitles);
  addTerminalFlags(addOutputFlags(command, ["terminal", "json"])).action(
    async (image: string, flags: TerminalFlags) => {
      using environment = terminalEnvironment(flags);
      const inputs = parseInputs(inputTextsOfFlags(command));
      const { mask } = await secrecyOf(inputs, environment.env, environment.directory);
      const { inspection, filesystem } = await inspectImage(image, inputs, environment);
      const records = withPathsMasked(listFiles(filesystem, inspection.layers), mask);
      const pieces = inPieces(records, flags.format === "json" ? renderJsonLine : fileLine);
      await writeOut(eachInTurn(pieces, environment.signal), flags);
    },
  );
}

/** Masks secrets in paths and link targets, the only fields that hold untrusted text. */
function* withPathsMasked(records: Iterable<FileRecord>, mask: Mask): Iterable<FileRecord> {
  for (const record of records) {
    const { path, linkTarget } = record;
    const names = { path, linkTarget };
    const shown = withTextsMasked(names, mask);
    if (shown === names) {
      yield record;
    } else {
      const { pathBase64: _, ...rest } = record;
      yield { ...rest, ...shown };
    }
  }
}
