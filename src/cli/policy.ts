import { type Command, Option as Flag } from "commander";
import { changesIn, settle } from "../audit/settle.ts";
import { Failure } from "../failure.ts";
import { parseInputs } from "../inputs/inputs.ts";
import { lineOf } from "../policy/file/mistake.ts";
import { checkPolicyFile } from "../policy/file/policy-file.ts";
import { listPolicies } from "../policy/listing.ts";
import { harmlessLine } from "../process/harmless-line.ts";
import { renderJson } from "../report/machine/json.ts";
import { renderPolicy } from "../report/terminal/policy.ts";
import { readNamedFile } from "../tree/read-file.ts";
import { addBaseFlag, addInputs, inputTextsOfFlags } from "./flags.ts";
import { addOutputFlags, looks, type OutputFlags } from "./output.ts";
import { terminalEnvironment } from "./terminal.ts";
import { writeOut } from "./write-out.ts";

interface PolicyFlags extends OutputFlags {
  readonly base?: string;
  readonly check?: string;
}

/** Adds `image-audit policy`, which shows the policy that holds, and `policy --check FILE`, which validates a file. */
export function addPolicyCommand(program: Command, ended: (status: number) => void): void {
  const command = program
    .command("policy")
    .description("Show the policy that holds here, each setting with where it comes from")
    .addHelpText("after", exitStatus);
  addInputs(command, ({ name, group }) => group === "policy" || name === "name");
  addBaseFlag(command).addOption(checkFlag.helpGroup("Policy file:"));
  addOutputFlags(command, ["terminal", "json"]).action(async ({ check, base, ...flags }: PolicyFlags) => {
    if (check !== undefined) {
      ended(await checkFile(check, flags));
      return;
    }
    using environment = terminalEnvironment({ ...flags, readingStore: false });
    const inputs = parseInputs(inputTextsOfFlags(command));
    const question = { kind: "terminal", baseBranch: base ?? null } as const;
    await using settled = await settle(inputs, question, environment);
    const remarks = await changesIn(settled, environment.env);
    const listing = listPolicies(settled.plan.name, settled.policies, remarks);
    const text =
      flags.format === "json" ? renderJson(listing) : renderPolicy(listing, looks(flags, process.env));
    await writeOut([text], flags);
  });
}

/** Checks a policy file. Returns the exit status. */
async function checkFile(path: string, flags: OutputFlags): Promise<0 | 1> {
  const bytes = await readNamedFile(path, "Name a policy file.");
  if (bytes === null) throw new Failure("file-failed", `There is no file ${harmlessLine(path)}.`);
  const { mistakes } = checkPolicyFile(bytes.toString("utf8"));
  const lines = mistakes.map((mistake) => `${harmlessLine(lineOf(path, mistake))}\n`);
  const text = flags.format === "json" ? renderJson({ mistakes }) : lines.join("");
  await writeOut([text || `${harmlessLine(path)} has no mistake.\n`], flags);
  return mistakes.length === 0 ? 0 : 1;
}

const checkFlag = new Flag("--check <file>", "Check a policy file instead, and print its mistakes.");

const exitStatus = `
Exit status:
  0  the policy is shown, or the checked file has no mistake
  1  the checked file has mistakes
  2  the policy cannot be read, or wrong usage
  3  a bug in Image Audit`;
