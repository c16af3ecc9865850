import { type Command, Option as Flag } from "commander";
import { auditImage } from "../audit/audit-image.ts";
import type { AuditEnvironment } from "../audit/environment.ts";
import { tool } from "../audit/tool.ts";
import { type Inputs, parseInputs } from "../inputs/inputs.ts";
import { optionGroups } from "../inputs/options.ts";
import type { Audit } from "../policy/audit-record.ts";
import { withDefaults } from "../policy/policy.ts";
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

/** Adds `image-audit compare NEW --to OLD`, which compares and judges two existing images. */
export function addCompareCommand(program: Command, ended: (status: number) => void): void {
  const command = program
    .command("compare")
    .description("Compare an image with another, named by --to")
    .argument("<new>", "The image to judge, in one of the forms below")
    .addHelpText("after", imageForms)
    .addOption(
      new Flag("--to <old>", "The image to compare with, in one of the forms below.")
        .makeOptionMandatory()
        .helpGroup(`${optionGroups.what}:`),
    );
  const meanings = {
    ...dockerfileMeanings,
    name: "Name of the image in the report. Default: <new>, as given.",
    file: "The Dockerfile that <new> was built from, to show its stages and the lines of its layers. Default: none.",
  };
  addInputs(command, ({ name, group }) => isOfCompare(name, group), meanings, dockerfileTitles);
  // It has no effect: both images must exist. Scripts that share one list of rules may still pass it.
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
  const { image } = await auditImage(
    { name: inputs.name ?? shownName(name), dockerfile: inputs.build.file },
    await inspectTwo(name, baseName, inputs, environment),
    withDefaults([inputs.policy]),
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
