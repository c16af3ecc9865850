import { type Command, Option as Flag } from "commander";
import { secrecyOf } from "../inputs/confidential.ts";
import { parseInputs } from "../inputs/inputs.ts";
import type { Option } from "../inputs/options.ts";
import type { StartOverrides } from "../inspect/start/command.ts";
import type { Start } from "../inspect/start/start.ts";
import { renderJson } from "../report/machine/json.ts";
import { renderStart } from "../report/terminal/start.ts";
import { withTextsMasked } from "../secrecy/texts.ts";
import { addInputs, inputTextsOfFlags } from "./flags.ts";
import { dockerfileMeanings, imageForms, proveImage, shownName } from "./inspect-image.ts";
import { addOutputFlags, looks } from "./output.ts";
import { addTerminalFlags, type TerminalFlags, terminalEnvironment } from "./terminal.ts";
import { writeOut } from "./write-out.ts";

/** Adds `image-audit start IMAGE`, which proves whether an image's own command can start. */
export function addStartCommand(program: Command, ended: (status: number) => void): void {
  const command = program
    .command("start")
    .description("Prove from an image's bytes whether its command can start, without running it")
    .argument("<image>", "The image, in one of the forms below")
    .addHelpText("after", `${imageForms}\n${exitStatus}`);
  for (const flag of overrideFlags) command.addOption(flag.helpGroup("How it is started:"));
  addInputs(command, isInput, dockerfileMeanings, { build: "What to read" });
  addTerminalFlags(addOutputFlags(command, ["terminal", "json"])).action(
    async (image: string, { entrypoint, user, workdir, ...flags }: TerminalFlags & StartOverrides) => {
      using environment = terminalEnvironment(flags);
      const inputs = parseInputs(inputTextsOfFlags(command, isInput));
      const { mask } = await secrecyOf(inputs, environment.env, environment.directory);
      const overrides = {
        ...(entrypoint === undefined ? {} : { entrypoint }),
        ...(user === undefined ? {} : { user }),
        ...(workdir === undefined ? {} : { workdir }),
      };
      const proof = await proveImage(image, inputs, environment, overrides);
      const start = withTextsMasked(proof.start, mask);
      const text =
        flags.format === "json"
          ? renderJson(start)
          : renderStart({ ...proof, name: shownName(image), start }, looks(flags, process.env));
      await writeOut([text], flags);
      ended(statusOfStart[start.verdict]);
    },
  );
}

/** `--user` is as for `docker run`, and not the rule of the policy. */
function isInput({ name }: Option): boolean {
  return name === "platforms";
}

/** `unknown` also passes the rule `starts`. */
const statusOfStart: Readonly<Record<Start["verdict"], 0 | 1>> = { yes: 0, unknown: 0, no: 1 };

const exitStatus = `
Exit status:
  0  the image can start, or neither could be proven
  1  the image cannot start
  2  the image cannot be read, or wrong usage
  3  a bug in Image Audit`;

/** The same flags as those of `docker run`. */
const overrideFlags = [
  new Flag("--entrypoint <command>", "Start this program instead of ENTRYPOINT and CMD."),
  new Flag("-u, --user <user>", "Start as this user, and group: NAME[:GROUP] or UID[:GID]."),
  new Flag("-w, --workdir <directory>", "Start in this directory."),
];
