import { type Command, Option as Flag } from "commander";
import type { InputTexts } from "../inputs/inputs.ts";
import { type Option, type OptionName, optionGroups, options } from "../inputs/options.ts";

/**
 * Adds inputs to a command as flags. They have the action's names; lists have Docker's repeatable flags as
 * well.
 * @param wanted selects the inputs
 * @param meanings descriptions that differ from the action's
 * @param titles group headings that differ from the action's
 */
export function addInputs(
  command: Command,
  wanted: (option: Option) => boolean,
  meanings: Partial<Record<OptionName, string>> = {},
  titles: Partial<Record<Option["group"], string>> = {},
): Command {
  const all: readonly Option[] = options;
  const added = all.filter((option) => !option.actionOnly && wanted(option));
  for (const option of added) {
    const description = meanings[option.name as OptionName] ?? option.description;
    const group = `${titles[option.group] ?? optionGroups[option.group]}:`;
    for (const flag of flagsOf({ ...option, description })) command.addOption(flag.helpGroup(group));
  }
  // The descriptions say "one item per line", which is how an input of the action takes a list.
  if (added.some(({ kind }) => kind === "list"))
    command.addHelpText(
      "after",
      "\nOptions that take one item per line may be repeated: --label a=1 --label b=2.",
    );
  return command;
}

/** Adds the flag that names the base branch. The action has it from the event. */
export function addBaseFlag(command: Command): Command {
  const flag = new Flag(
    "--base <branch>",
    "The base branch. Default: origin's default branch, else main or master.",
  );
  return command.addOption(flag.helpGroup(`${optionGroups.base}:`));
}

/**
 * Returns what the user typed, by option name. Lists are joined into lines, as in an input of the action.
 * @param wanted selects the inputs of a command that has flags of the same names for something else
 */
export function inputTextsOfFlags(
  command: Command,
  wanted: (option: Option) => boolean = () => true,
): InputTexts {
  const texts = new Map<OptionName, string>();
  for (const option of (options as readonly Option[]).filter(wanted)) {
    const values = flagsOf(option).flatMap((flag) =>
      linesOf(flag, command.getOptionValue(flag.attributeName())),
    );
    if (values.length > 0) texts.set(option.name as OptionName, values.join("\n"));
  }
  return texts;
}

function flagsOf(option: Option): readonly Flag[] {
  const short = option.short === undefined ? "" : `-${option.short}, `;
  if (option.kind === "boolean") return [new Flag(`${short}--${option.name}`, option.description)];
  const placeholder = `<${option.value ?? "value"}>`;
  const holds = option.default ?? option.otherwise;
  const isDefault = holds === undefined ? "" : ` (default: ${holds})`;
  const flag = new Flag(
    `${short}--${option.flag ?? option.name} ${placeholder}`,
    `${option.description}${isDefault}`,
  );
  // commander takes --no-setuid for the negation of a flag `setuid`. Only flags without a value negate.
  flag.negate = false;
  if (option.kind === "text") return [flag];
  flag.argParser(collect);
  if (option.flag === undefined) return [flag];
  // The action's name works as well, but help shows the flag that people know from docker.
  return [flag, new Flag(`--${option.name} ${placeholder}`).argParser(collect).hideHelp()];
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function linesOf(flag: Flag, value: undefined | boolean | string | readonly string[]): readonly string[] {
  if (value === undefined) return [];
  // commander reads --no-cache as the negation of a flag `cache`, which is true unless --no-cache is given.
  if (typeof value === "boolean") return [String(value !== flag.negate)];
  if (typeof value === "string") return [value];
  return value.map((item) => (/^"|[\r\n]/.test(item) ? `"${item.replaceAll('"', '""')}"` : item));
}
