import { type Command, Option as Flag } from "commander";
import type { InputTexts } from "../inputs/inputs.ts";
import { type Option, type OptionName, optionGroups, options } from "../inputs/options.ts";

/**
 * Adds the table's options to a command, under the action's names and, for lists, Docker's own repeatable ones.
 * @param meanings what the command takes an option for, where that is not what the action takes it for
 * @param titles likewise for a group of them
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
  // The descriptions are the action's, whose inputs hold a list each.
  if (added.some(({ kind }) => kind === "list"))
    command.addHelpText(
      "after",
      "\nWhat takes one item a line may be given several times: --label a=1 --label b=2.",
    );
  return command;
}

/** What the user typed, by option name: lists joined to the lines that an input of the action has. */
export function inputTextsOfFlags(command: Command): InputTexts {
  const texts = new Map<OptionName, string>();
  for (const option of options as readonly Option[]) {
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
  const isDefault = option.default === undefined ? "" : ` (default: ${option.default})`;
  const flag = new Flag(
    `${short}--${option.flag ?? option.name} ${placeholder}`,
    `${option.description}${isDefault}`,
  );
  if (option.kind === "text") return [flag];
  flag.argParser(collect);
  if (option.flag === undefined) return [flag];
  // The action's own name works as well, but help shows the one that people know from docker.
  return [flag, new Flag(`--${option.name} ${placeholder}`).argParser(collect).hideHelp()];
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function linesOf(flag: Flag, value: undefined | boolean | string | readonly string[]): readonly string[] {
  if (value === undefined) return [];
  // commander reads --no-cache as the opposite of a flag `cache`, which is true unless it is given.
  if (typeof value === "boolean") return [String(value !== flag.negate)];
  if (typeof value === "string") return [value];
  return value.map((item) => (/^"|[\r\n]/.test(item) ? `"${item.replaceAll('"', '""')}"` : item));
}
