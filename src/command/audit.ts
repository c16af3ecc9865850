import { type Command, Option as Flag } from "commander";
import type { Audit } from "../audit/judge.ts";
import { audit } from "../audit.ts";
import { statusOfVerdict } from "../ending.ts";
import { parseInputs } from "../inputs.ts";
import { optionGroups } from "../options.ts";
import { renderComment } from "../report/comment.ts";
import { renderJson } from "../report/json.ts";
import { renderTerminal } from "../report/terminal.ts";
import { addInputs, inputTextsOfFlags } from "./flags.ts";
import { addOutputFlags, looks, type OutputFlags } from "./output.ts";
import { addWorldFlags, terminalWorld, type WorldFlags } from "./world.ts";
import { writeOut } from "./write-out.ts";

/** `image-audit`, without a command: the working tree against the base branch. */
export function addAuditCommand(program: Command, ended: (status: number) => void): void {
  addInputs(program, () => true);
  program.addOption(
    new Flag("--base <branch>", "The base branch. Default: origin's, else main or master.").helpGroup(
      `${optionGroups.base}:`,
    ),
  );
  addWorldFlags(addOutputFlags(program, ["terminal", "json", "markdown"])).action(
    async (flags: WorldFlags & { base?: string }) => {
      using world = terminalWorld(flags);
      const inputs = parseInputs(inputTextsOfFlags(program));
      const result = await audit(inputs, { kind: "terminal", baseBranch: flags.base ?? null }, world);
      await writeAudit(result, flags);
      ended(statusOfVerdict[result.verdict]);
    },
  );
}

export async function writeAudit(result: Audit, flags: OutputFlags): Promise<void> {
  await writeOut([textOf(result, flags)], flags);
}

function textOf(result: Audit, flags: OutputFlags): string {
  if (flags.format === "json") return renderJson(result);
  if (flags.format === "markdown") return renderComment(result, {});
  return renderTerminal(result, looks(flags, process.env));
}
