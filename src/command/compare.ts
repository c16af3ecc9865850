import type { Command } from "commander";
import { audit } from "../audit.ts";
import { statusOfVerdict } from "../ending.ts";
import { parseInputs } from "../inputs.ts";
import { writeAudit } from "./audit.ts";
import { addInputs, inputTextsOfFlags } from "./flags.ts";
import { dockerfileMeanings, imageNames } from "./inspect-image.ts";
import { addOutputFlags } from "./output.ts";
import { addWorldFlags, terminalWorld, type WorldFlags } from "./world.ts";

/** `image-audit compare NEW --to OLD`: two images that exist, judged by the same rules. */
export function addCompareCommand(program: Command, ended: (status: number) => void): void {
  const command = program
    .command("compare")
    .description("Compare two images that exist")
    .argument("<new>", `The image that is judged. ${imageNames}`)
    .requiredOption("--to <old>", "The image that it is compared with, named likewise");
  addInputs(command, ({ name, group }) => group === "policy" || name === "name" || name === "platforms", {
    name: "What the image is called in the report. Default: as <new> is written.",
    platforms: dockerfileMeanings.platforms,
  });
  addWorldFlags(command);
  addOutputFlags(command, ["terminal", "json", "markdown"]).action(
    async (head: string, flags: WorldFlags & { to: string }) => {
      using world = terminalWorld(flags);
      const texts = new Map(inputTextsOfFlags(command)).set("image", head).set("compare-with", flags.to);
      if (!texts.has("name")) texts.set("name", head);
      const result = await audit(parseInputs(texts), { kind: "terminal", baseBranch: null }, world);
      await writeAudit(result, flags);
      ended(statusOfVerdict[result.verdict]);
    },
  );
}
