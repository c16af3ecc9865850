import type { Command } from "commander";
import { audit } from "../audit/audit.ts";
import type { AuditEnvironment } from "../audit/environment.ts";
import { maskedError, statusOfVerdict } from "../audit/exit-status.ts";
import { secrecyOf } from "../inputs/confidential.ts";
import { type Inputs, parseInputs } from "../inputs/inputs.ts";
import type { Audit } from "../policy/audit-record.ts";
import { maskedProgress } from "../process/progress.ts";
import { renderJson } from "../report/machine/json.ts";
import { renderComment } from "../report/markdown/comment.ts";
import { renderTerminal } from "../report/terminal/terminal.ts";
import type { Mask } from "../secrecy/mask.ts";
import { withTextsMasked } from "../secrecy/texts.ts";
import { addBaseFlag, addInputs, inputTextsOfFlags } from "./flags.ts";
import { addOutputFlags, type Format, looks, type OutputFlags } from "./output.ts";
import { addTerminalFlags, type TerminalFlags, terminalEnvironment } from "./terminal.ts";
import { writeOut } from "./write-out.ts";

/** Adds `image-audit` without a command, which audits the working tree against the base branch. */
export function addAuditCommand(program: Command, ended: (status: number) => void): void {
  addInputs(program, () => true);
  addBaseFlag(program);
  addTerminalFlags(addOutputFlags(program)).action(async (flags: TerminalFlags & { base?: string }) => {
    using environment = terminalEnvironment(flags);
    const inputs = parseInputs(inputTextsOfFlags(program));
    const question = { kind: "terminal", baseBranch: flags.base ?? null } as const;
    ended(await auditAndWrite(inputs, environment, flags, (masked) => audit(inputs, question, masked)));
  });
}

/**
 * Runs an audit and writes the report. Masks secrets in the report, in progress output and in errors.
 * @returns the exit status
 */
export async function auditAndWrite(
  inputs: Inputs,
  environment: AuditEnvironment,
  flags: OutputFlags,
  work: (environment: AuditEnvironment) => Promise<Audit>,
): Promise<number> {
  const { mask, last } = await secrecyOf(inputs, environment.env, environment.directory);
  try {
    const result = await work({ ...environment, progress: maskedProgress(environment.progress, mask), mask });
    await writeAudit(withTextsMasked(result, mask), flags, last);
    return statusOfVerdict[result.verdict];
  } catch (error) {
    throw maskedError(error, mask);
  }
}

/** Writes the report of an audit. @param last masks secrets in the rendered report once more */
export async function writeAudit(result: Audit, flags: OutputFlags, last?: Mask): Promise<void> {
  const text = writers[flags.format](result, flags);
  await writeOut([last === undefined ? text : last.text(text)], flags);
}

const writers: Readonly<Record<Format, (audit: Audit, flags: OutputFlags) => string>> = {
  terminal: (audit, flags) => renderTerminal(audit, looks(flags, process.env)),
  json: renderJson,
  markdown: (audit) => renderComment(audit, {}),
};
