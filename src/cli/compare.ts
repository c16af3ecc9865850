import { type Command, Option as Flag } from "commander";
import type { World } from "../audit/audit.ts";
import { tool } from "../audit/tool.ts";
import { comparing } from "../compare/compare.ts";
import { type Inputs, parseInputs } from "../inputs/inputs.ts";
import { optionGroups } from "../inputs/options.ts";
import type { Audit } from "../policy/audit-record.ts";
import { judge } from "../policy/judge.ts";
import { inTurns } from "../process/in-turns.ts";
import { auditAndWrite } from "./audit.ts";
import { addInputs, inputTextsOfFlags } from "./flags.ts";
import {
  dockerfileInputs,
  dockerfileMeanings,
  dockerfileTitles,
  imageForms,
  inspectImages,
  shownName,
} from "./inspect-image.ts";
import { addOutputFlags } from "./output.ts";
import { addWorldFlags, terminalWorld, type WorldFlags } from "./terminal.ts";

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
  addWorldFlags(addOutputFlags(command, ["terminal", "json", "markdown"])).action(
    async (head: string, flags: WorldFlags & { to: string }) => {
      using world = terminalWorld(flags);
      const inputs = parseInputs(inputTextsOfFlags(command));
      const compared = (masked: World) => compareImages(head, flags.to, inputs, masked);
      ended(await auditAndWrite(inputs, world, flags, compared));
    },
  );
}

function isOfCompare(name: string, group: string): boolean {
  return (group === "policy" && name !== "missing-base") || name === "name" || dockerfileInputs.has(name);
}

async function compareImages(name: string, baseName: string, inputs: Inputs, world: World): Promise<Audit> {
  const [head, base] = await inspectImages([name, baseName], inputs, world);
  if (head === undefined || base === undefined) throw new Error("an image was asked for and not inspected");
  const subject = {
    head: head.inspection,
    base: base.inspection,
    baseMissing: null,
    comparison: await inTurns(comparing(head, base), world.signal),
  };
  const judged = judge(subject, inputs.policy);
  const { platform } = head.inspection;
  return {
    schemaVersion: 1,
    tool,
    verdict: judged.verdict,
    headCommit: null,
    baseCommit: null,
    baseName: null,
    images: [
      {
        name: inputs.name ?? shownName(name),
        platform,
        dockerfile: inputs.build.file,
        ...subject,
        ...judged,
      },
    ],
    notes: [],
  };
}
