import { type Command, Option as Flag } from "commander";
import { auditImage } from "../audit/audit-image.ts";
import type { AuditEnvironment } from "../audit/environment.ts";
import { tool } from "../audit/tool.ts";
import { type Inputs, parseInputs } from "../inputs/inputs.ts";
import { optionGroups } from "../inputs/options.ts";
import type { Audit } from "../policy/audit-record.ts";
import { auditAndWrite } from "./audit.ts";
import { addInputs, inputTextsOfFlags } from "./flags.ts";
import {
  dockerfileInputs,
  dockerfileMeanings,
  dockerfileTitles,
  imageForms,
  inspectTwo,
  shownName,
} from "./inspect-image.ts";
import { addOutputFlags } from "./output.ts";
import { addTerminalFlags, type TerminalFlags, terminalEnvironment } from "./terminal.ts";

/** `image-audit compare NEW --to OLD`: two images that exist, judged by the same rules. */
export function addCompareCommand(program: Command, ended: (status: number) => void): void {
  const command = program
    .command("compare")
    .description("Compare two images that exist: --to names the other")
    .argument("<new>", "The image that is judged, in one of the forms below")
    .addHelpText("after", imageForms)
    .addOption(
      new Flag("--to <old>", "The image that it is compared with, likewise.")
        .makeOptionMandatory()
        .helpGroup(`${optionGroups.what}:`),
    );
  const meanings = {
    ...dockerfileMeanings,
    name: "What the image is called in the report. Default: as <new> is written.",
    file: "The Dockerfile that made <new>: tells its stages, and the lines of its layers. Default: none.",
  };
  addInputs(command, ({ name, group }) => isOfCompare(name, group), meanings, dockerfileTitles);
  // Both images have to be there, so that it decides nothing: taken for the sake of scripts that keep one list of rules.
  command.addOption(new Flag("--missing-base <level>").hideHelp());
  addTerminalFlags(addOutputFlags(command)).action(
    async (head: string, flags: TerminalFlags & { to: string }) => {
      using environment = terminalEnvironment(flags);
      const inputs = parseInputs(inputTextsOfFlags(command));
      const compared = (masked: AuditEnvironment) => compareImages(head, flags.to, inputs, masked);
      ended(await auditAndWrite(inputs, environment, flags, compared));
    },
  );
}

function isOfCompare(name: string, group: string): boolean {
  return (group === "policy" && name !== "missing-base") || name === "name" || dockerfileInputs.has(name);
}

async function compareImages(
  name: string,
  baseName: string,
  inputs: Inputs,
  environment: AuditEnvironment,
): Promise<Audit> {
  const image = await auditImage(
    { name: inputs.name ?? shownName(name), dockerfile: inputs.build.file },
    await inspectTwo(name, baseName, inputs, environment),
    inputs.policy,
    environment.signal,
  );
  return {
    schemaVersion: 1,
    tool,
    verdict: image.verdict,
    headCommit: null,
    baseCommit: null,
    baseName: null,
    images: [image],
    notes: [],
  };
}
