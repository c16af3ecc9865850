import { type Command, Option as Flag } from "commander";
import { tool } from "../audit/tool.ts";
import { noCommand } from "./usage-error.ts";

/** Sets the program's help and its format. Call it before adding commands: they inherit the format. */
export function addHelp(program: Command): void {
  program
    .description("Know what a pull request does to your container image, before it merges.")
    .usage("[options]\n       image-audit <command> [options]")
    .configureHelp({ optionDescription: ({ description }) => description })
    .addHelpOption(new Flag("-h, --help", "Show this help.").helpGroup(otherOptions));
}

/** Adds `image-audit help COMMAND` and --version. Call it last: help lists commands in this order. */
export function addHelpCommand(program: Command): void {
  program
    .addHelpText("after", examples)
    .optionsGroup(otherOptions)
    .version(tool.version, "-V, --version", "Show the version.")
    .helpCommand(false)
    .command("help")
    .description("Show the help of a command")
    .argument("[command]")
    .action((name?: string) => {
      const command = name === undefined ? program : program.commands.find((known) => known.name() === name);
      if (command === undefined) throw noCommand(name ?? "", program);
      command.outputHelp();
    });
}

export const otherOptions = "Other options:";

const examples = `
Examples:
  image-audit                                    audit the working tree
  image-audit --max-increase 5% --distroless fail
  image-audit inspect app:dev                    an image in the engine
  docker save app:dev | image-audit inspect -    an archive from standard input
  image-audit inspect docker-archive:apps.tar:app:1.2 --format json
  image-audit compare app:new --to app:old --max-increase 10MB
  image-audit start app:dev --user 1000          can it start, and what it lacks
  image-audit files app:dev --format json
  image-audit packages app:dev
  image-audit stages -f Dockerfile --target prod
  image-audit policy                             the policy that holds here

Exit status:
  0  pass, or warnings only
  1  the policy failed; the report is complete
  2  inconclusive, or wrong usage: prints an error code, see docs/errors.md
  3  a bug in Image Audit`;

/** Returns the width of help: the terminal's, but at most 120 columns, so that lines stay readable. */
export function helpColumns(env: NodeJS.ProcessEnv): number {
  return Math.min(Number(env["COLUMNS"]) || process.stdout.columns || 80, 120);
}
